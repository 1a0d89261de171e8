import { ModelInfo } from '../domain/index.ts';
import { procedure } from './base.ts';

export const models = {
  convnext: procedure.route({ method: 'GET' }).output(ModelInfo),
};
