/** Pictures of charts for files: drawn anew at a size of their own, so that they do not depend on the window. */
import type { EChartsCoreOption } from 'echarts/core';
import { colour } from './colours';

const WIDTH = 1200;
const HEIGHT = 600;
const MARGIN = 24;

/** The chart as SVG with its title and, below it, what its marks mean; in the colours shown now. */
export async function chartPicture(option: EChartsCoreOption, title: string, key = ''): Promise<string> {
  const { echarts } = await import('./echarts');
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height: HEIGHT });
  try {
    const grid = (option.grid ?? {}) as { right?: number };
    chart.setOption({
      ...option,
      animation: false,
      backgroundColor: colour('--surface'),
      title: {
        text: title,
        left: MARGIN,
        top: MARGIN,
        textStyle: { color: colour('--text'), fontSize: 16, fontWeight: 600 },
        subtext: key,
        itemGap: 8,
        subtextStyle: { color: colour('--text-2'), fontSize: 13 },
      },
      grid: { ...grid, left: MARGIN, right: (grid.right ?? 0) + MARGIN, top: key ? 112 : 88, bottom: MARGIN },
    });
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}

/** An SVG as the bytes of a PNG, twice as fine as it is large. */
export async function pngOf(svg: string): Promise<Uint8Array> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.naturalWidth * 2;
  canvas.height = image.naturalHeight * 2;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This system cannot draw pictures.');
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
  if (!blob) throw new Error('The picture could not be made.');
  return new Uint8Array(await blob.arrayBuffer());
}

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
