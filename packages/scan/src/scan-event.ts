/** What a scan says while it goes on; closed, so that every program can show all of it. */
export type ScanEvent =
  /** The sources have been looked through. */
  | { readonly kind: 'listed'; readonly files: number }
  /** Something that is no finding and that a person should know: a link that was not followed. */
  | { readonly kind: 'note'; readonly message: string }
  /** `done` of `total` files have been read. */
  | { readonly kind: 'reading'; readonly done: number; readonly total: number }
  | { readonly kind: 'read'; readonly files: number; readonly images: number }
  /** `done` of `total` questions of this round have been answered. */
  | { readonly kind: 'asking'; readonly done: number; readonly total: number }
  | { readonly kind: 'asked'; readonly tags: number; readonly digests: number }
  | { readonly kind: 'stored'; readonly observations: number }
  /** The scan was stopped; what is left was neither read nor asked. */
  | { readonly kind: 'stopped'; readonly files: number; readonly questions: number };

/** Takes events as they happen; it must not throw. */
export type OnEvent = (event: ScanEvent) => void;
