import { shellWord } from '@pindrift/pin';
import { withDigest } from '@pindrift/reference';
import type { Subject } from './subject.ts';

/** What takes an image to another digest: a command for the lock, a change for a file. */
export function mendWith({ image, tag, locked }: Subject, digest: string): string {
  if (!locked) return `write ${withDigest(image.text, digest)}`;
  return `pindrift lock --update ${shellWord(tag ?? '')} --lock ${shellWord(image.file)}`;
}
