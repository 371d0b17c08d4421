import type { Attachment } from 'svelte/attachments';

/**
 * Tells of an element's width, now and whenever it changes. The telling waits for the next frame: a listener that lays
 * the page out anew while sizes are being delivered makes the browser report a loop.
 */
export function watchWidth(tell: (width: number) => void): Attachment<HTMLElement> {
  return (element) => {
    let frame = 0;
    const watcher = new ResizeObserver(() => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => tell(element.clientWidth));
    });
    tell(element.clientWidth);
    watcher.observe(element);
    return () => {
      cancelAnimationFrame(frame);
      watcher.disconnect();
    };
  };
}
