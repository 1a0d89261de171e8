export { features } from './features/index.ts';
export { fieldBuffers, fieldsInto } from './field-batch.ts';
export { gadf, gasf, heatMap } from './fields.ts';
export { IMAGE_SIZE, image3, imagePng } from './image.ts';
export { scaleWindow } from './scale.ts';
export { scores } from './scores.ts';
export { type PriceWindow, takeWindow, type WindowOptions } from './window.ts';
