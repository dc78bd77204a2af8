/**
 * The text with `***` where a URL has its user and password, and where a reference without a scheme
 * would have them: a digest has no slash behind it.
 */
export function withoutPassword(text: string): string {
  if (!text.includes('@')) return text;
  return text.replace(/\/\/[^/\s]*@/g, '//***@').replace(/^[^/\s]*:[^/\s]*@(?=[^/\s]*\/)/, '***@');
}
