"""Makes a checkpoint of the editor with random weights, and records what the reference gives at each stage.

The reference is the fork's own code: its transformer, its pipeline with the text encoder's output given, diffusers'
AutoencoderKL and FlowMatchEulerDiscreteScheduler.
"""

import argparse
import json
import math
from pathlib import Path

import numpy as np
import torch
from diffusers import AutoencoderKL, FlowMatchEulerDiscreteScheduler
from diffusers.image_processor import VaeImageProcessor
from diffusers.models.transformers.transformer_step1x_edit import Step1XEditTransformer2DModel
from diffusers.pipelines.step1x_edit.pipeline_step1x_edit_v1p2 import (
    Step1XEditPipelineV1P2,
    TextEmbedderOutput,
)
from PIL import Image
from safetensors.torch import save_file

SIZES = {
    "tiny": dict(
        text=64,
        shard="1200KB",
        transformer=dict(
            num_layers=2,
            num_single_layers=2,
            attention_head_dim=32,
            num_attention_heads=2,
            joint_attention_dim=96,
            connector_in_channels=64,
            connector_hidden_size=96,
            connector_heads_num=3,
            axes_dims_rope=(8, 12, 12),
        ),
        vae=dict(block_out_channels=(16, 32, 32, 32), norm_num_groups=8),
    ),
    "bench": dict(
        text=1024,
        shard="1GB",
        transformer=dict(
            num_layers=4,
            num_single_layers=8,
            attention_head_dim=128,
            num_attention_heads=8,
            joint_attention_dim=1024,
            connector_in_channels=1024,
            connector_hidden_size=1024,
            connector_heads_num=8,
            axes_dims_rope=(16, 56, 56),
        ),
        vae=dict(block_out_channels=(128, 256, 512, 512), norm_num_groups=32),
    ),
}


def randomize(module, generator):
    """Random numbers that bfloat16 holds: nothing is zero or one that would hide a mistake."""
    for name, parameter in module.named_parameters():
        if parameter.dim() == 1:
            values = torch.randn(parameter.shape, generator=generator) * 0.1
            if "norm" in name and name.endswith("weight"):
                values = 1 + values
        else:
            fan_in = parameter[0].numel()
            values = torch.randn(parameter.shape, generator=generator) / math.sqrt(fan_in)
        parameter.data = values.to(torch.bfloat16).float()
    return module.eval().requires_grad_(False)


def build(size, generator):
    spec = SIZES[size]
    transformer = Step1XEditTransformer2DModel(**spec["transformer"])
    if size == "tiny":
        # The fork fixes the sizes of this optional layer; the class is told of it afterwards.
        transformer.text_token_mapping = torch.nn.Linear(
            spec["text"], spec["transformer"]["joint_attention_dim"]
        )
        transformer.register_to_config(enable_text_token_mapping=True)
    vae = AutoencoderKL(
        down_block_types=("DownEncoderBlock2D",) * 4,
        up_block_types=("UpDecoderBlock2D",) * 4,
        layers_per_block=2,
        latent_channels=16,
        sample_size=1024,
        scaling_factor=0.3611,
        shift_factor=0.1159,
        use_quant_conv=False,
        use_post_quant_conv=False,
        mid_block_add_attention=True,
        **spec["vae"],
    )
    scheduler = FlowMatchEulerDiscreteScheduler(
        base_image_seq_len=256,
        base_shift=0.5,
        max_image_seq_len=4096,
        max_shift=1.15,
        num_train_timesteps=1000,
        shift=3.0,
        use_dynamic_shifting=True,
    )
    return randomize(transformer, generator), randomize(vae, generator), scheduler


def save_checkpoint(folder, size, transformer, vae, scheduler, dtype):
    shard = SIZES[size]["shard"]
    transformer.to(dtype).save_pretrained(folder / "transformer", max_shard_size=shard)
    vae.to(dtype).save_pretrained(folder / "vae")
    scheduler.save_pretrained(folder / "scheduler")
    index = {
        "_class_name": "Step1XEditPipelineV1P2",
        "_diffusers_version": "0.36.0.dev0",
        "processor": ["transformers", "Qwen2_5_VLProcessor"],
        "scheduler": ["diffusers", "FlowMatchEulerDiscreteScheduler"],
        "text_encoder": ["transformers", "Qwen2_5_VLForConditionalGeneration"],
        "transformer": ["diffusers", "Step1XEditTransformer2DModel"],
        "vae": ["diffusers", "AutoencoderKL"],
    }
    (folder / "model_index.json").write_text(json.dumps(index, indent=2) + "\n")
    transformer.float()
    vae.float()


class Editor(Step1XEditPipelineV1P2):
    """The fork's pipeline with the output of its text encoder given, which notes its stages."""

    _execution_device = torch.device("cpu")

    def __init__(self, transformer, vae, scheduler, conditions):
        parts = dict(
            transformer=transformer,
            vae=vae,
            scheduler=scheduler,
            conditions=conditions,
            vae_scale_factor=8,
            latent_channels=16,
            image_processor=VaeImageProcessor(vae_scale_factor=16),
            text_encoder=None,
            processor=None,
            notes={},
            _internal_dict={},
            _progress_bar_config={"disable": True},
        )
        self.__dict__.update(parts)

    def encode_prompt(self, ref_image, prompt, **_):
        self.notes["reference_image"] = ref_image
        return self.conditions[prompt]

    def prepare_latents(self, image, *arguments, **named):
        self.notes["pixels"] = image
        made = super().prepare_latents(image, *arguments, **named)
        self.notes["noise"], self.notes["source"], self.notes["ids"], self.notes["source_ids"] = made
        return made

    def maybe_free_model_hooks(self):
        pass


def make_condition(tokens, vision_start, grid, image_size, width, generator):
    """What the text encoder would give: `tokens` are left once the prefix is dropped."""
    rows, columns = grid
    positions = torch.zeros(tokens, 3)
    positions[:vision_start] = torch.arange(vision_start, dtype=torch.float32)[:, None]
    vision = torch.zeros(tokens, dtype=torch.bool)
    vision[vision_start : vision_start + rows * columns] = True
    positions[vision] = vision_start
    after = vision_start + max(rows, columns)
    rest = tokens - vision_start - rows * columns
    positions[vision_start + rows * columns :] = torch.arange(after, after + rest)[:, None].float()
    positions += 90  # of the prefix, which was dropped
    temporal = positions[:, 0].clone()
    ids = positions - (positions[:, 0].max() + 1)
    ids[:, 1:] = 0

    matrix = Step1XEditPipelineV1P2._get_affine_mat_from_source(
        (columns * 28, rows * 28), image_size, "cpu"
    )
    holder = type("Holder", (), {})()
    holder.get_vae_downsample_affine_mat = lambda device: (
        Step1XEditPipelineV1P2.get_vae_downsample_affine_mat(holder, device)
    )
    Step1XEditPipelineV1P2.set_vision_tokens_position_ids(
        holder, ids, (rows, columns), matrix, vision[:, None].expand_as(ids), "cpu"
    )
    quoted = torch.zeros(1, tokens, dtype=torch.long)
    quoted[0, 2:5] = 1
    condition = TextEmbedderOutput(
        embedding=torch.randn(1, tokens, width, generator=generator),
        mask=torch.ones(1, tokens, dtype=torch.long),
        txt_ids=ids,
        text_embeds=torch.randn(1, tokens, width, generator=generator),
        text_masks=quoted,
    )
    return condition, temporal


def draw_picture(width, height):
    """Soft shapes and fine stripes, so that filters differ in it."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    red = 127 + 120 * np.sin(x / 9) * np.cos(y / 7)
    green = 255 * ((x + y) % 3 == 0)
    blue = 255 * (np.hypot(x - width / 2, y - height / 2) < height / 3)
    return Image.fromarray(np.stack([red, green, blue], -1).round().astype(np.uint8))


def record(folder, transformer, vae, scheduler, generator):
    source = draw_picture(150, 100)
    source.save(folder / "source.png")
    # Long side ceil(sqrt(96² · 1.5)) = 118, floored to 112; short side 79, floored to 64.
    size = (112, 64)
    positive, positions = make_condition(21, 9, (2, 4), size, 64, generator)
    negative, negative_positions = make_condition(15, 4, (2, 4), size, 64, generator)
    pipeline = Editor(transformer, vae, scheduler, {"make it better": positive, "": negative})

    steps = []

    def on_step(_, __, timestep, values):
        steps.append(values["latents"].clone())
        return {}

    modules = {}

    def note(name):
        def hook(_, __, output):
            modules.setdefault(name, output)

        return hook

    handles = [
        transformer.connector.register_forward_hook(note("connector")),
        transformer.context_embedder.register_forward_hook(note("context")),
        transformer.time_embed.register_forward_hook(note("time")),
        transformer.vec_embed.register_forward_hook(note("vector")),
        transformer.pos_embed.register_forward_hook(note("rotary")),
        transformer.register_forward_hook(note("velocity")),
    ]
    posterior = {}
    encode = vae.encode

    def encode_noted(image):
        output = encode(image)
        posterior["mean"], posterior["std"] = output.latent_dist.mean, output.latent_dist.std
        return output

    vae.encode = encode_noted
    with torch.no_grad():
        result = pipeline(
            image=source,
            prompt="make it better",
            true_cfg_scale=6.0,
            size_level=96,
            num_inference_steps=6,
            generator=torch.Generator().manual_seed(7),
            callback_on_step_end=on_step,
            enable_reflection_mode=False,
        )
    for handle in handles:
        handle.remove()
    vae.encode = encode
    notes = pipeline.notes

    with torch.no_grad():
        latents = pipeline._unpack_latents(steps[-1], size[1], size[0], 8)
        latents = latents / vae.config.scaling_factor + vae.config.shift_factor
        decoded = vae.decode(latents, return_dict=False)[0]

    result.images[0].save(folder / "result.png")
    notes["reference_image"].save(folder / "reference-image.png")
    unpacked = pipeline._unpack_latents(notes["source"], size[1], size[0], 8)
    sample = unpacked / vae.config.scaling_factor + vae.config.shift_factor
    connector, pooled = modules["connector"]
    cosine, sine = modules["rotary"]
    save_file(
        {
            name: tensor.detach().contiguous().clone().float()
            for name, tensor in {
                "positive.hidden": positive.embedding,
                "positive.embeddings": positive.text_embeds,
                "positive.quoted": positive.text_masks,
                "positive.positions": positions,
                "positive.ids": positive.txt_ids,
                "negative.hidden": negative.embedding,
                "negative.embeddings": negative.text_embeds,
                "negative.quoted": negative.text_masks,
                "negative.positions": negative_positions,
                "pixels": notes["pixels"],
                "posterior.mean": posterior["mean"],
                "posterior.noise": (sample - posterior["mean"]) / posterior["std"],
                "noise": notes["noise"],
                "source": notes["source"],
                "ids": notes["ids"],
                "source_ids": notes["source_ids"],
                "sigmas": scheduler.sigmas,
                "connector": connector,
                "pooled": pooled,
                "context": modules["context"],
                "embedding": modules["time"] + modules["vector"],
                "rotary.cosine": cosine,
                "rotary.sine": sine,
                "velocity": modules["velocity"][0],
                "steps": torch.cat(steps),
                "latents": latents,
                "decoded": decoded,
            }.items()
        },
        folder / "editor.safetensors",
    )


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--size", choices=SIZES, default="tiny")
    parser.add_argument("--weights-only", action="store_true")
    parser.add_argument("--dtype", choices=["bfloat16", "float32"], default="bfloat16")
    options = parser.parse_args()
    torch.manual_seed(0)
    generator = torch.Generator().manual_seed(1)
    transformer, vae, scheduler = build(options.size, generator)
    checkpoint = options.folder / "checkpoint"
    checkpoint.mkdir(parents=True, exist_ok=True)
    dtype = getattr(torch, options.dtype)
    save_checkpoint(checkpoint, options.size, transformer, vae, scheduler, dtype)
    if not options.weights_only:
        record(options.folder, transformer, vae, scheduler, generator)


if __name__ == "__main__":
    main()
