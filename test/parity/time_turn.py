"""Times a whole turn of the reference on the CPU, by its own pipeline; prints one line of JSON, seconds and MiB.

The turn is that of test/support/turn-bench-side.mjs: it thinks, edits once, and reflects. Its questions are those of
`prompts.json` in the checkpoint, so that both sides read the same.
"""

import argparse
import functools
import json
import re
import resource
import sys
import time
from pathlib import Path

parser = argparse.ArgumentParser()
parser.add_argument("checkpoint", type=Path)
parser.add_argument("--threads", type=int, required=True)
parser.add_argument("--begun", type=float, required=True)
options = parser.parse_args()

import torch  # noqa: E402
from diffusers.pipelines.step1x_edit import pipeline_step1x_edit_thinker as thinker  # noqa: E402
from diffusers.pipelines.step1x_edit.pipeline_step1x_edit_v1p2 import (  # noqa: E402
    Step1XEditPipelineV1P2,
)

SIDE, LEVEL, STEPS, TOKENS = 512, 256, 4, 128
REQUEST = "make the sky blue"
CALLS = ["think", "describe", "assess", "conclude", "scoreEdit", "scoreQuality"]
# Random weights say nothing that can be read: all their words are waited for, and these are taken for them.
ANSWERS = [
    "Make the sky blue.",
    "A blue sky above a chequered plain.",
    '{"meets_instruction": "yes", "raw_score": 9, "reason": "The sky is blue."}',
    "<#Think> The sky is blue. <#Success>",
    '{"score": [9, 9], "reasoning": "Done."}',
    '{"score": [9, 9], "reasoning": "Natural."}',
]

WORDS = {
    "request": REQUEST,
    "instruction": ANSWERS[0],
    "description": ANSWERS[1],
    "score": "9",
    "reason": "The sky is blue.",
    "history": "",
    "language": "英文",
}
PROMPTS = json.loads((options.checkpoint / "prompts.json").read_text())

torch.set_num_threads(options.threads)
pipeline = Step1XEditPipelineV1P2.from_pretrained(options.checkpoint, torch_dtype=torch.float32)
opened = time.time() - options.begun

pipeline.set_progress_bar_config(disable=True)
# By default it rounds what it got to bfloat16, which a transformer in float32 does not take.
pipeline._get_qwenvl_embeds = functools.partial(pipeline._get_qwenvl_embeds, dtype=torch.float32)
pipeline.text_encoder.generate = functools.partial(
    pipeline.text_encoder.generate, min_new_tokens=TOKENS
)
call_model = thinker.QwenGenerativeAIClient.call_model
times = {}
asked = []


def fill(prompt, pictures):
    """The messages of a prompt; `pictures` are what the pipeline would show, the source before the result."""
    content = []
    for part in re.split(r"(\{\w+\})", prompt["user"]):
        name = part.strip("{}")
        if part in ("{source}", "{edited}"):
            content.append(pictures[0 if name == "source" else -1])
        elif part.startswith("{") and name in WORDS:
            content.append({"type": "text", "text": WORDS[name]})
        elif part:
            content.append({"type": "text", "text": part})
    return [
        {"role": "system", "content": prompt["system"]},
        {"role": "user", "content": content},
    ]


def answer(client, messages, max_tokens):
    pictures = [part for part in messages[-1]["content"] if part["type"] == "image_url"]
    filled = fill(PROMPTS[CALLS[len(asked)]], pictures)
    asked.append(call_model(client, filled, max_tokens))
    return ANSWERS[len(asked) - 1]


def timed(owner, name):
    work = getattr(owner, name)

    @functools.wraps(work)
    def wrapper(*arguments, **named):
        start = time.perf_counter()
        given = work(*arguments, **named)
        times[name] = time.perf_counter() - start
        return given

    setattr(owner, name, wrapper)


thinker.QwenGenerativeAIClient.call_model = answer
timed(thinker.Step1XEditThinker, "think")
timed(thinker.Step1XEditThinker, "reflect")

sys.path.insert(0, str(Path(__file__).parent / "qwen"))
from pictures import gradient  # noqa: E402

start = time.perf_counter()
result = pipeline(
    image=gradient(SIDE, SIDE),
    prompt=REQUEST,
    true_cfg_scale=6.0,
    size_level=LEVEL,
    num_inference_steps=STEPS,
    generator=torch.Generator().manual_seed(1),
    enable_thinking_mode=True,
    enable_reflection_mode=True,
)
turn = time.perf_counter() - start
if len(asked) != len(ANSWERS) or len(result.images) != 1:
    raise SystemExit("it was another turn")
print(
    json.dumps(
        {
            "open": opened,
            "think": times["think"],
            "edit": turn - times["think"] - times["reflect"],
            "reflect": times["reflect"],
            "turn": turn,
            "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }
    )
)
