"""Times the editor of the reference on the CPU; prints one line of JSON, seconds and MiB."""

import argparse
import json
import resource
import statistics
import time
from pathlib import Path

parser = argparse.ArgumentParser()
parser.add_argument("checkpoint", type=Path)
parser.add_argument("--threads", type=int, required=True)
parser.add_argument("--begun", type=float, required=True)
parser.add_argument("--runs", type=int, default=2)
options = parser.parse_args()

import torch  # noqa: E402
from diffusers import AutoencoderKL  # noqa: E402
from diffusers.models.transformers.transformer_step1x_edit import (  # noqa: E402
    Step1XEditTransformer2DModel,
)

torch.set_num_threads(options.threads)
torch.set_grad_enabled(False)
transformer = Step1XEditTransformer2DModel.from_pretrained(options.checkpoint / "transformer")
vae = AutoencoderKL.from_pretrained(options.checkpoint / "vae")
opened = time.time() - options.begun

SIDE, TEXT = 16, 128
config = transformer.config
tokens = SIDE * SIDE
grid = torch.stack(
    [torch.zeros(SIDE, SIDE), *torch.meshgrid(torch.arange(SIDE), torch.arange(SIDE), indexing="ij")], -1
).reshape(-1, 3)
inputs = dict(
    hidden_states=torch.randn(1, 2 * tokens, config.in_channels),
    encoder_hidden_states=torch.randn(1, TEXT, config.connector_in_channels),
    prompt_embeds_mask=torch.ones(1, TEXT, dtype=torch.long),
    timestep=torch.ones(1),
    img_ids=torch.cat([grid, grid + torch.tensor([1, 0, 0])]),
    txt_ids=torch.zeros(TEXT, 3),
    return_dict=False,
)
latents = torch.randn(1, 16, 16, 16)
pixels = torch.randn(1, 3, 128, 128)


def median(work):
    work()
    times = []
    for _ in range(options.runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


print(
    json.dumps(
        {
            "open": opened,
            "pass": median(lambda: transformer(**inputs)),
            "decode": median(lambda: vae.decode(latents)),
            "encode": median(lambda: vae.encode(pixels)),
            "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }
    )
)
