/**
 * How servers say that a model reads no pictures: LM Studio, Ollama, llama.cpp (older and newer), OpenAI and Azure, vLLM, OpenRouter and
 * Hugging Face's router, DeepSeek, Groq. A picture that is too large, not a PNG or not in base64 is another fault.
 */
const SAID = [
  /does not support (images?(?! (larger|bigger|over|above|with|of|in|urls?)\b)|image inputs?|vision)\b/i,
  /missing data required for image input/i,
  /image inputs? (is|are) not supported/i,
  /unsupported content (part )?type:? \W*image/i,
  /image_url\W* is (only supported by certain models|not supported)/i,
  /is not a multimodal model|at most 0 image/i,
  /no endpoints found that support image input/i,
  /unknown variant \W*image_url/i,
  /content must be a string/i,
];

/** Whether a refusal says that the model reads no pictures, and nothing else. */
export const saysNoVision = (said: string): boolean => SAID.some((form) => form.test(said));
