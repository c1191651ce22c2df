/** Characters that no line of text needs: they control, hide, break or turn around what is written, or are none. */
export const UNSEEN = /[\p{Cc}\p{Cf}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/u;
