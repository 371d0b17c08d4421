import { expect, test } from 'vitest';
import { ticks } from './ticks';

test('an axis begins at zero and ends at a round value', () => {
  expect(ticks(0, 370, 4)).toEqual([0, 100, 200, 300, 400]);
  expect(ticks(0, 400, 4)).toEqual([0, 100, 200, 300, 400]);
  expect(ticks(30, 95, 4)).toEqual([0, 25, 50, 75, 100]);
});

test('losses reach below zero, which stays on the axis', () => {
  expect(ticks(-120, 370, 4)).toEqual([-200, 0, 200, 400]);
  expect(ticks(-90, -10, 4)).toEqual([-100, -75, -50, -25, 0]);
});

test('nothing to show is one line', () => {
  expect(ticks(0, 0, 4)).toEqual([0]);
  expect(ticks(0, Number.NaN, 4)).toEqual([0]);
});
