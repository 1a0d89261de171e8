export { type CheckedWindow, checkedWindow, MAX_BAD_SHARE, seriesFor } from './checked-window.ts';
export { VISION_CACHE_MIGRATIONS } from './convnext/cache.ts';
export { type Convnext, type ConvnextOptions, createConvnext, type Prediction } from './convnext/index.ts';
export { readModelInfo, verifyModel } from './convnext/info.ts';
export { type Projection, readProjection } from './convnext/projection.ts';
export { listProviders } from './convnext/providers.ts';
export { sampleStatus } from './convnext/sample.ts';
export { features } from './features/index.ts';
export { fieldBuffers, fieldsInto } from './field-batch.ts';
export { gadf, gasf, heatMap } from './fields.ts';
export {
  createFinetune,
  type Finetune,
  governing,
  type HeadedConvnext,
  type HeadsStore,
  networkFor,
  openTunedNetwork,
  type TunedNetwork,
  tunedInfo,
  withHeads,
} from './finetune/index.ts';
export { IMAGE_SIZE, image3 } from './image.ts';
export { createLatencyLog, type LatencyLog } from './latency.ts';
export { networkInput } from './network-input.ts';
export { fieldCells, imagePng } from './png.ts';
export { mostSalient, pairsOf, type Reader, type SaliencyOptions, saliency, withoutBars } from './saliency.ts';
export { createSaliencyMemory, type SaliencyOf } from './saliency-memory.ts';
export { scaleWindow } from './scale.ts';
export { scores } from './scores.ts';
export { type PriceWindow, takeWindow, type WindowOptions } from './window.ts';
