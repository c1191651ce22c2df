export { type Letters, openLetters } from './open-letters.ts';
export { LetterTemplateError } from './template.ts';
