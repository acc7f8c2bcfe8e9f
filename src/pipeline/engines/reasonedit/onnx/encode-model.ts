import { ProtoWriter } from './proto-writer.ts';
import {
  ELEMENT_TYPES,
  type Attribute,
  type ExternalTensor,
  type GraphData,
  type InlineTensor,
  type NodeData,
  type ValueInfo,
} from './types.ts';

const IR_VERSION = 11;
const OPSETS = { '': 23, 'com.microsoft': 1 } as const;

/** Numbers of AttributeProto.AttributeType. */
const ATTRIBUTE_TYPE = { float: 1, int: 2, string: 3, tensor: 4, graph: 5, ints: 7 } as const;
const EXTERNAL = 1;

/**
 * A graph as the bytes of an ONNX file (ModelProto of
 * https://github.com/onnx/onnx/blob/main/onnx/onnx.proto), opset 23 and com.microsoft 1.
 */
export function encodeModel(graph: GraphData): Buffer {
  const model = new ProtoWriter()
    .int(1, IR_VERSION)
    .string(2, 'reasonedit')
    .message(7, encodeGraph(graph));
  for (const [domain, version] of Object.entries(OPSETS)) {
    model.message(8, new ProtoWriter().string(1, domain).int(2, version));
  }
  return model.finish();
}

function encodeGraph({ name, nodes, inputs, outputs, initializers }: GraphData): ProtoWriter {
  const graph = new ProtoWriter();
  for (const node of nodes) graph.message(1, encodeNode(node));
  graph.string(2, name);
  for (const tensor of initializers) graph.message(5, encodeTensor(tensor));
  for (const input of inputs) graph.message(11, encodeValue(input));
  for (const output of outputs) graph.message(12, encodeValue(output));
  return graph;
}

function encodeNode({ type, inputs, outputs, attributes, domain }: NodeData): ProtoWriter {
  const node = new ProtoWriter();
  for (const input of inputs) node.string(1, input);
  for (const output of outputs) node.string(2, output);
  node.string(3, outputs[0] ?? type).string(4, type);
  for (const [name, value] of Object.entries(attributes)) {
    node.message(5, encodeAttribute(name, value));
  }
  return node.string(7, domain);
}

function encodeAttribute(name: string, value: Attribute): ProtoWriter {
  const attribute = new ProtoWriter().string(1, name);
  const typed = (type: keyof typeof ATTRIBUTE_TYPE): ProtoWriter =>
    attribute.int(20, ATTRIBUTE_TYPE[type]);
  if (typeof value === 'number') return typed('int').int(3, value);
  if (typeof value === 'string') return typed('string').string(4, value);
  if ('float' in value) return typed('float').float(2, value.float);
  if ('tensor' in value) return typed('tensor').message(5, encodeTensor(value.tensor));
  if ('graph' in value) return typed('graph').message(6, encodeGraph(value.graph));
  for (const number of value) attribute.int(8, number);
  return typed('ints');
}

function encodeTensor(tensor: InlineTensor | ExternalTensor): ProtoWriter {
  const message = new ProtoWriter();
  for (const size of tensor.shape) message.int(1, size);
  message.int(2, ELEMENT_TYPES[tensor.type].code).string(8, tensor.name);
  if ('data' in tensor) return message.bytes(9, tensor.data);
  const { location, offset, length } = tensor;
  for (const [key, value] of Object.entries({ location, offset, length })) {
    message.message(13, new ProtoWriter().string(1, key).string(2, String(value)));
  }
  return message.int(14, EXTERNAL);
}

function encodeValue({ name, type, shape }: ValueInfo): ProtoWriter {
  const dimensions = new ProtoWriter();
  for (const size of shape) {
    const dimension = new ProtoWriter();
    dimensions.message(
      1,
      typeof size === 'number' ? dimension.int(1, size) : dimension.string(2, size),
    );
  }
  const tensor = new ProtoWriter().int(1, ELEMENT_TYPES[type].code).message(2, dimensions);
  return new ProtoWriter().string(1, name).message(2, new ProtoWriter().message(1, tensor));
}
