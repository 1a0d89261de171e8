/** What was left out of a request, in a sentence. @param tokens those of the whole request, in words @param room tokens that it may have */
export function cutSentence(leftOut: number, of: number, tokens: string, room: number): string {
  const what = leftOut === 1 ? 'The oldest' : `The ${leftOut} oldest`;
  const were = leftOut === 1 ? 'was' : 'were';
  return `${what} of ${of} memories ${were} left out: the request had ${tokens} tokens, and the language model can read ${room}.`;
}
