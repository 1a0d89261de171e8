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

/**
 * How servers say that a message is a text and has no parts, where a picture was a part of it: mlx-lm, and those that check a request with
 * pydantic 1 or 2. What lies deeper than the content, or beside it, is another fault.
 */
const TEXT_ONLY = [
  /only 'text' content type is supported/i,
  /\bmessages\W{1,5}\d+\W{1,5}(?:\w+\W{1,5})?content\W{1,6}(?:msg\W{1,5})?(?:input should be a valid string|str type expected)/i,
];

/** Whether a refusal says that the model reads no pictures, and nothing else. */
export const saysNoVision = (said: string): boolean => SAID.some((form) => form.test(said));

/** The same of a request with a picture in it, which a status of 4xx may refuse in words that name no picture. */
export const refusesPicture = ({ status, said }: { status: number; said: string }): boolean =>
  saysNoVision(said) || (status >= 400 && status < 500 && TEXT_ONLY.some((form) => form.test(said)));
