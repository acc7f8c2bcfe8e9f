"""
Times transformers on a checkpoint that make.py made, with the prompt and the number of tokens of
test/support/qwen-bench-side.mjs. test/bench/qwen.bench.ts runs both.
"""

import argparse
import json
import resource
import statistics
import time
from pathlib import Path

import torch
from transformers import AutoProcessor, Qwen2_5_VLForConditionalGeneration

from pictures import gradient

TOKENS = 48
RUNS = 5


@torch.no_grad()
def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--begun", type=float, required=True, help="when this process was started, seconds since the epoch")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    model = Qwen2_5_VLForConditionalGeneration.from_pretrained(
        arguments.checkpoint / "text_encoder", torch_dtype=torch.float32, attn_implementation="sdpa"
    ).eval()
    processor = AutoProcessor.from_pretrained(
        arguments.checkpoint / "processor", min_pixels=262_144, max_pixels=802_816, use_fast=False
    )
    opened = time.time() - arguments.begun
    messages = [{"role": "user", "content": [{"type": "image"}, {"type": "text", "text": "Describe it."}]}]
    text = processor.apply_chat_template(messages, tokenize=False, add_generation_prompt=True)
    inputs = processor(text=[text], images=[gradient(512, 512)], return_tensors="pt")
    model.generation_config.eos_token_id = None

    def generate(tokens: int) -> float:
        begun = time.perf_counter()
        model.generate(**inputs, max_new_tokens=tokens, min_new_tokens=tokens, do_sample=False)
        return time.perf_counter() - begun

    def see() -> float:
        begun = time.perf_counter()
        model.model.visual(inputs.pixel_values, grid_thw=inputs.image_grid_thw)
        return time.perf_counter() - begun

    see(), generate(2)
    vision = statistics.median(see() for _ in range(RUNS))
    one = statistics.median(generate(1) for _ in range(RUNS))
    many = statistics.median(generate(1 + TOKENS) for _ in range(RUNS))
    print(json.dumps({
        "open": opened, "vision": vision, "prefill": one - vision, "token": (many - one) / TOKENS,
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }))  # fmt: skip


if __name__ == "__main__":
    main()
