"""
Makes test/fixtures/qwen: a Qwen2.5-VL of the published folder layout with tiny random weights, and what
transformers and the released pipeline make of it, stage by stage. See README.md beside this file.
"""

import argparse
import json
import shutil
from pathlib import Path

import torch
from PIL import Image
from safetensors.torch import save_file
from transformers import (
    AutoProcessor,
    Qwen2_5_VLConfig,
    Qwen2_5_VLForConditionalGeneration,
    RepetitionPenaltyLogitsProcessor,
    TemperatureLogitsWarper,
    TopKLogitsWarper,
    TopPLogitsWarper,
    __version__ as transformers_version,
)

from pictures import gradient
from tokenizer import make_tokenizer

SHARD = "600KB"

# In place of the released pipeline's, which is not copied here; it drops 90 tokens of either.
PREFIX = """You see a picture and an instruction how to edit it. First make out what the picture shows, then what the
instruction wants changed and what is to stay. Imagine the picture as it looks once that is done, and describe it fully:
all that the instruction asks for, and all the rest as it was. The instruction:"""


# Of the small model, and of one in which arithmetic dominates.
SIZES = {
    "tiny": {
        "vision": {"depth": 4, "hidden_size": 48, "intermediate_size": 72, "num_heads": 2, "fullatt_block_indexes": [1, 3]},
        "text": {"hidden_size": 64, "intermediate_size": 112, "num_hidden_layers": 3, "num_attention_heads": 4,
                 "num_key_value_heads": 2},
        "sections": [2, 3, 3],
    },
    "bench": {
        "vision": {"depth": 8, "hidden_size": 640, "intermediate_size": 1712, "num_heads": 8, "fullatt_block_indexes": [3, 7]},
        "text": {"hidden_size": 1024, "intermediate_size": 5504, "num_hidden_layers": 8, "num_attention_heads": 8,
                 "num_key_value_heads": 2},
        "sections": [16, 24, 24],
    },
}  # fmt: skip


def config(size: str, vocabulary: int, ids: dict[str, int]) -> Qwen2_5_VLConfig:
    sizes = SIZES[size]
    return Qwen2_5_VLConfig(
        vision_config={
            **sizes["vision"], "in_channels": 3, "patch_size": 14, "spatial_merge_size": 2, "temporal_patch_size": 2,
            "tokens_per_second": 2, "window_size": 112, "out_hidden_size": sizes["text"]["hidden_size"], "hidden_act": "silu",
        },
        **sizes["text"], vocab_size=vocabulary, max_position_embeddings=8192, rms_norm_eps=1e-6, rope_theta=1_000_000.0,
        rope_scaling={"type": "mrope", "mrope_section": sizes["sections"]}, tie_word_embeddings=False, use_sliding_window=False,
        bos_token_id=ids["<|endoftext|>"], eos_token_id=ids["<|im_end|>"], image_token_id=ids["<|image_pad|>"],
        video_token_id=ids["<|video_pad|>"], vision_start_token_id=ids["<|vision_start|>"],
        vision_end_token_id=ids["<|vision_end|>"], torch_dtype="float32",
    )  # fmt: skip


def randomize(model: torch.nn.Module) -> None:
    """Weights large enough that each part of the model changes what comes out."""
    generator = torch.Generator().manual_seed(20)
    for name, weight in model.named_parameters():
        noise = torch.randn(weight.shape, generator=generator)
        if name.endswith("norm.weight") or "norm1" in name or "norm2" in name or "ln_q" in name:
            weight.data = 1 + 0.2 * noise
        elif weight.ndim == 1:
            weight.data = 0.2 * noise
        elif "embed_tokens" in name:
            weight.data = noise
        else:
            weight.data = noise * (1.2 / weight[0].numel() ** 0.5)


@torch.no_grad()
def vision_and_text(model, folder: Path) -> tuple[dict, dict]:
    """One prompt with two pictures: every stage from pixels to tokens."""
    processor = AutoProcessor.from_pretrained(folder, min_pixels=4 * 28 * 28, max_pixels=40 * 28 * 28, use_fast=False)
    images = [gradient(196, 140), gradient(90, 133)]
    messages = [
        {"role": "system", "content": "You look closely."},
        {"role": "user", "content": [{"type": "image"}, {"type": "image"}, {"type": "text", "text": "Make the sky blue!"}]},
    ]
    text = processor.apply_chat_template(messages, tokenize=False, add_generation_prompt=True)
    inputs = processor(text=[text], images=images, return_tensors="pt")
    features = model.model.visual(inputs.pixel_values, grid_thw=inputs.image_grid_thw)
    positions, _ = model.model.get_rope_index(inputs.input_ids, inputs.image_grid_thw, None, None, inputs.attention_mask)
    out = model(**inputs, output_hidden_states=True)
    plain = model.generate(**inputs, max_new_tokens=40, do_sample=False, repetition_penalty=1.0)
    penalized = model.generate(**inputs, max_new_tokens=40, do_sample=False, repetition_penalty=1.3)
    start = inputs.input_ids.shape[1]
    tensors = {
        "pixel_values": inputs.pixel_values, "features": features, "hidden_states": out.hidden_states[-1][0],
        "logits": out.logits[0, -1],
    }  # fmt: skip
    facts = {
        "text": text, "grid_thw": inputs.image_grid_thw.tolist(), "input_ids": inputs.input_ids[0].tolist(),
        "positions": positions[:, 0].tolist(), "greedy": plain[0, start:].tolist(),
        "greedy_with_penalty": penalized[0, start:].tolist(),
    }  # fmt: skip
    return tensors, facts


@torch.no_grad()
def conditioning(model, folder: Path) -> tuple[dict, dict]:
    """What the released pipeline gives its transformer for a picture and an instruction."""
    import functools

    from diffusers.pipelines.step1x_edit import pipeline_step1x_edit_v1p2 as released

    class Pipeline(released.Step1XEditPipelineV1P2):
        def __init__(self):
            self.text_encoder = model
            self.processor = AutoProcessor.from_pretrained(
                folder, min_pixels=256 * 28 * 28, max_pixels=400 * 28 * 28, use_fast=False
            )
            self.max_token_length = 2048
            self.QWEN25VL_PREFIX = PREFIX
            self.QWEN25VL_PREFIX_LEN = 90
            # By default it rounds what it got to bfloat16.
            self._get_qwenvl_embeds = functools.partial(self._get_qwenvl_embeds, dtype=torch.float32)

    pipeline = Pipeline()
    instruction = 'Write "Hi wörld!" on the sign, remove “SALE” from it; the rest stays!'
    out = pipeline.encode_prompt(ref_image=gradient(160, 120), prompt=instruction, device=torch.device("cpu"))
    tensors = {
        "embedding": out.embedding[0], "txt_ids": out.txt_ids, "text_embeds": out.text_embeds[0] * out.text_masks[0, :, None],
    }  # fmt: skip
    return tensors, {"instruction": instruction, "prefix": PREFIX, "text_mask": out.text_masks[0].tolist()}


def released_client(model, folder: Path) -> list[dict]:
    """What the released loop's client answers, but without chance. Its pictures need no scaling."""
    from diffusers.pipelines.step1x_edit import pipeline_step1x_edit_thinker as released

    pictures = {"source": gradient(616, 448), "edited": gradient(448, 616)}
    chats = [
        {"system": "You look closely.", "user": ["{source}", "Make it blue now."]},
        {"system": "You judge.", "user": ["Is this blue?", "{edited}"]},
        {"system": "You look closely.", "user": ["{source}", "{edited}", "Is the second as it should be?"]},
    ]
    generate = model.generate
    model.generate = lambda **options: generate(**options | {"do_sample": False, "top_p": None, "temperature": None})
    client = released.QwenGenerativeAIClient(model, AutoProcessor.from_pretrained(folder))
    for chat in chats:
        content = [
            {"type": "image_url", "image_url": {"url": released.image_to_data_url(pictures[part[1:-1]])}}
            if part.startswith("{")
            else {"type": "text", "text": part}
            for part in chat["user"]
        ]
        messages = [{"role": "system", "content": chat["system"]}, {"role": "user", "content": content}]
        chat["answer"] = client.call_model(messages, max_tokens=128)
    model.generate = generate
    return chats


def tokenizing(folder: Path) -> list[dict]:
    tokenizer = AutoProcessor.from_pretrained(folder).tokenizer
    texts = [
        "Make the sky blue!", "  two  spaces\n\nand lines \t", "It's 1234 o'clock, they'll've", "将背景替换成白色 ☂️👩‍🚀",
        "<|im_start|>user\nhi<|im_end|>", "e\u0301 é ﬁ", "<#Think> ok <#Success>", "", '{"score": [7, 8.5]}',
        "<tool_call>x</tool_call> <|image_pad|>",
    ]  # fmt: skip
    return [{"text": text, "ids": tokenizer(text).input_ids} for text in texts]


def warping() -> dict:
    """Distributions after transformers' own chain of processors, as its `generate` orders them."""
    logits = torch.randn(1, 300, generator=torch.Generator().manual_seed(3)) * 3
    seen = torch.tensor([[5, 17, 200, 201, int(logits.argmax())]])
    scores = RepetitionPenaltyLogitsProcessor(1.3)(seen, logits.clone())
    scores = TopPLogitsWarper(0.9)(seen, TopKLogitsWarper(50)(seen, TemperatureLogitsWarper(0.7)(seen, scores)))
    return {
        "logits": [round(x, 6) for x in logits[0].tolist()], "seen": seen[0].tolist(), "penalty": 1.3, "temperature": 0.7,
        "top_k": 50, "top_p": 0.9, "probabilities": torch.softmax(scores, -1)[0].tolist(),
    }  # fmt: skip


def sizes() -> list[dict]:
    from transformers.models.qwen2_vl.image_processing_qwen2_vl import smart_resize

    rows = []
    for low, high in [(3136, 12845056), (262144, 802816), (256 * 784, 400 * 784)]:
        for height, width in [(140, 196), (1024, 1024), (4000, 3000), (37, 1200), (512, 513), (70, 70), (98, 42), (2, 300)]:
            rows.append({"height": height, "width": width, "min": low, "max": high,
                         "size": list(smart_resize(height, width, 28, low, high))})  # fmt: skip
    return rows


def shown_sizes() -> list[dict]:
    """The size that the released loop's client shows a picture in: a thumbnail, then qwen_vl_utils, then the processor."""
    from qwen_vl_utils import process_vision_info
    from transformers.models.qwen2_vl.image_processing_qwen2_vl import smart_resize

    rows = []
    for width, height in [(196, 140), (1024, 768), (4000, 3000), (640, 2000), (90, 133), (1500, 333), (513, 1025)]:
        image = Image.new("RGB", (width, height))
        if max(image.size) > 1024:
            image.thumbnail((1024, 1024))
        (image,), _ = process_vision_info([{"role": "user", "content": [{"type": "image", "image": image}]}])
        size = smart_resize(image.height, image.width, 28, 262_144, 802_816)
        rows.append({"width": width, "height": height, "size": list(size)})
    return rows


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=Path)
    parser.add_argument("--size", choices=SIZES, default="tiny")
    parser.add_argument("--weights-only", action="store_true")
    arguments = parser.parse_args()
    out = arguments.out
    shutil.rmtree(out, ignore_errors=True)
    processor = out / "processor"
    make_tokenizer(processor)
    added = json.loads((processor / "tokenizer_config.json").read_text())["added_tokens_decoder"]
    ids = {entry["content"]: int(key) for key, entry in added.items()}
    vocabulary = (max(ids.values()) + 64) // 64 * 64
    torch.manual_seed(0)
    model = Qwen2_5_VLForConditionalGeneration(config(arguments.size, vocabulary, ids)).eval()
    randomize(model)
    model.generation_config.eos_token_id = [ids["<|im_end|>"], ids["<|endoftext|>"]]
    model.generation_config.pad_token_id = ids["<|endoftext|>"]
    model.save_pretrained(out / "text_encoder", max_shard_size=SHARD if arguments.size == "tiny" else "1GB")
    if arguments.weights_only:
        return

    facts = {
        "versions": {"torch": torch.__version__, "transformers": transformers_version},
        "tokens": tokenizing(processor), "sizes": sizes(), "shown_sizes": shown_sizes(), "warping": warping(),
    }  # fmt: skip
    for name in ["float32", "bfloat16"]:
        if name == "bfloat16":
            # The weights as bfloat16 holds them; what is calculated with them stays float32.
            narrow = out / "text_encoder_bf16"
            model.to(torch.bfloat16).save_pretrained(narrow, max_shard_size=SHARD)
            model = Qwen2_5_VLForConditionalGeneration.from_pretrained(narrow, torch_dtype=torch.float32).eval()
        tensors, facts[name] = vision_and_text(model, processor)
        if name == "bfloat16":
            del tensors["pixel_values"]
        else:
            facts["released_client"] = released_client(model, processor)
            extra, facts["conditioning"] = conditioning(model, processor)
            tensors |= extra
        save_file({key: value.contiguous() for key, value in tensors.items()}, out / f"{name}.safetensors")
    (out / "facts.json").write_text(json.dumps(facts, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
