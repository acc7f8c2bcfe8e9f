/** Files of the graphs, in the folder of the text encoder. */
export const QWEN_GRAPHS = { vision: 'vision.onnx', text: 'text.onnx' } as const;
