/**
 * Characters that no line of text needs: they control, hide, break or turn around what is written, or are none. Those
 * that choose the form of the one before them, as of an emoji, stay.
 */
export const UNSEEN =
  /[\p{Cc}\p{Cn}\p{Cs}\p{Zl}\p{Zp}\uFFF9-\uFFFB]|(?![\u180B-\u180D\u180F\uFE00-\uFE0F\u{E0100}-\u{E01EF}])\p{Default_Ignorable_Code_Point}/u;
