#!/usr/bin/env python3
"""Train a small Marian model (Hugging Face MarianMTModel layout) on CPU or on one CUDA GPU.

Data: one or more TSV(.gz) files, one pair per line: en<TAB>fr (further columns are ignored).
  train_marian.py --train a.tsv.gz b.tsv.gz --dev dev.tsv --direction fr-en --size tiny --vocab 16000 \
      --out runs/tiny --minutes 60 [--bf16] [--compile] [--batch-tokens 4000] [--accum 2]
OUT/last.pt is the resumable state (picked up automatically); OUT/hf-best and OUT/hf-last are loadable
with AutoTokenizer/AutoModelForSeq2SeqLM and convertible with ctranslate2's TransformersConverter.
Direction 'both' puts `>>en<<` / `>>fr<<` in front of every source sentence.

Layout notes: ids are </s>=0, <unk>=1, pieces, <pad>=last (equal to the sentencepiece ids, so no torch
or transformers is needed to tokenize).  The decoder starts from <pad>, whose embedding must stay zero
(Marian and CTranslate2 start from a zero embedding): the loss therefore leaves <pad> out of the softmax.
"""

import argparse, gzip, io, json, math, os, queue, shutil, sys, threading, time

os.environ.setdefault(
    "OMP_WAIT_POLICY", "PASSIVE"
)  # before torch: spinning OpenMP threads collapse (4-7x) on shared cores
import numpy as np
import torch
import torch.nn.functional as F

SIZES = {  # d_model, ff, encoder layers, decoder layers, heads
    "micro": (128, 512, 3, 1, 4),
    "mini": (192, 768, 4, 1, 6),
    "deep": (192, 768, 6, 2, 6),
    "tiny": (256, 1536, 6, 2, 8),
    "small": (384, 1536, 6, 2, 8),
    "small3": (384, 1536, 6, 3, 8),
    "base6-3": (512, 2048, 6, 3, 8),
    "base": (512, 2048, 6, 6, 8),
}


def log(*a):
    print(time.strftime("%H:%M:%S"), *a, flush=True)


def read_tsv(paths, limit=0):
    n = 0
    for p in paths:
        op = gzip.open if p.endswith(".gz") else open
        with op(p, "rt", encoding="utf-8", errors="replace") as f:
            for line in f:
                c = line.rstrip("\n").split("\t")
                if len(c) >= 2 and c[0].strip() and c[1].strip():
                    yield c[0].strip(), c[1].strip()
                    n += 1
                    if limit and n >= limit:
                        return


def get_spm(a):
    import sentencepiece as spm

    path = os.path.join(a.out, "joint.spm")
    if not os.path.exists(path):
        if a.spm:
            shutil.copy(a.spm, path)
        else:

            def it():
                for e, f in read_tsv(a.train, a.spm_pairs):
                    yield e
                    yield f

            buf = io.BytesIO()
            spm.SentencePieceTrainer.train(
                sentence_iterator=it(),
                model_writer=buf,
                vocab_size=a.vocab,
                model_type="unigram",
                character_coverage=0.9998,
                byte_fallback=a.byte_fallback,
                eos_id=0,
                unk_id=1,
                bos_id=-1,
                pad_id=-1,
                user_defined_symbols=[">>en<<", ">>fr<<"],
                num_threads=os.cpu_count(),
                minloglevel=2,
                hard_vocab_limit=False,
                train_extremely_large_corpus=False,
            )
            with open(path, "wb") as o:
                o.write(buf.getvalue())
    sp = spm.SentencePieceProcessor(model_file=path)
    assert sp.piece_to_id("</s>") == 0 and sp.piece_to_id("<unk>") == 1
    return sp, path


def encode_corpus(a, sp):
    """Flat uint16 ids + offsets for both sides; cached in OUT/data.npz."""
    cache = os.path.join(a.out, "data.npz")
    key = json.dumps(
        [[os.path.abspath(p), os.path.getsize(p)] for p in a.train] + [a.limit, a.max_len, sp.get_piece_size()]
    )
    if os.path.exists(cache):
        z = np.load(cache)
        if str(z["key"]) == key:
            return {k: z[k] for k in ("en", "fr", "eno", "fro")}
    out = {"en": [], "fr": []}
    lens = {"en": [], "fr": []}
    buf = []
    seen = kept = 0

    def flush():
        nonlocal kept
        E = sp.encode([x for x, _ in buf], num_threads=os.cpu_count())
        Fr = sp.encode([y for _, y in buf], num_threads=os.cpu_count())
        for e, f in zip(E, Fr):
            if (
                0 < len(e) <= a.max_len
                and 0 < len(f) <= a.max_len
                and max(len(e), len(f)) <= 3 * min(len(e), len(f)) + 5
            ):
                kept += 1
                for k, v in (("en", e), ("fr", f)):
                    out[k].append(np.asarray(v, np.uint16))
                    lens[k].append(len(v))
        buf.clear()
        for k in out:  # keep few, large arrays
            if len(out[k]) > 1:
                out[k] = [np.concatenate(out[k])]

    for pair in read_tsv(a.train, a.limit):
        buf.append(pair)
        seen += 1
        if len(buf) >= 100_000:
            flush()
    if buf:
        flush()
    d = {k: out[k][0] for k in out}
    for k in ("en", "fr"):
        d[k + "o"] = np.concatenate([[0], np.cumsum(np.asarray(lens[k], np.int64))])
    log(
        f"corpus: {seen} pairs read, {kept} kept, tokens/side en {d['eno'][-1] / kept:.1f} fr {d['fro'][-1] / kept:.1f}"
    )
    np.savez(cache + ".tmp.npz", key=key, **d)
    os.replace(cache + ".tmp.npz", cache)
    return d


class Batches:
    """Token-bucketed batches; deterministic for (seed, epoch), so a run resumes at (epoch, index)."""

    def __init__(self, d, a, sp, pad):
        self.d, self.a, self.pad = d, a, pad
        self.dirs = {"fr-en": [("fr", "en")], "en-fr": [("en", "fr")], "both": [("fr", "en"), ("en", "fr")]}[
            a.direction
        ]
        self.prefix = {
            t: ([sp.piece_to_id(f">>{t}<<")] if (a.prefix or a.direction == "both") else []) for t in ("en", "fr")
        }
        self.n = len(d["eno"]) - 1
        self.len = {k: np.diff(d[k + "o"]) for k in ("en", "fr")}

    def epoch(self, ep):
        rng = np.random.default_rng([self.a.seed, ep])
        np_ = len(self.prefix["en"])
        order = rng.permutation(self.n * len(self.dirs))
        batches = []
        mult = self.a.pad_multiple
        for s in range(0, len(order), self.a.pool):
            idx = order[s : s + self.a.pool]
            di = idx // self.n
            i = idx % self.n
            if len(self.dirs) == 2:
                sl = np.where(di == 0, self.len["fr"][i], self.len["en"][i])
                tl = np.where(di == 0, self.len["en"][i], self.len["fr"][i])
            else:
                sl, tl = self.len[self.dirs[0][0]][i], self.len[self.dirs[0][1]][i]
            sl = sl + 1 + np_
            tl = tl + 1
            k = np.lexsort((sl, np.maximum(sl, tl) // 2))
            part = []
            cur = []
            mx = 0
            for j in k:
                m = -(-max(sl[j], tl[j]) // mult) * mult
                if cur and max(mx, m) * (len(cur) + 1) > self.a.batch_tokens:
                    part.append(idx[cur])
                    cur = []
                    mx = 0
                cur.append(j)
                mx = max(mx, m)
            if cur:
                part.append(idx[cur])
            batches += [part[q] for q in rng.permutation(len(part))]
        return batches

    def make(self, idx):
        S, T = [], []
        for x in idx:
            s, t = self.dirs[x // self.n]
            i = x % self.n
            so, to = self.d[s + "o"], self.d[t + "o"]
            S.append(np.concatenate([self.prefix[t], self.d[s][so[i] : so[i + 1]], [0]]).astype(np.int64))
            T.append(np.concatenate([self.d[t][to[i] : to[i + 1]], [0]]).astype(np.int64))

        def padded(L):
            m = self.a.pad_multiple
            w = -(-max(map(len, L)) // m) * m
            o = np.full((len(L), w), self.pad, np.int64)
            for r, v in enumerate(L):
                o[r, : len(v)] = v
            return torch.from_numpy(o)

        src, tgt = padded(S), padded(T)
        dec = torch.full_like(tgt, self.pad)
        dec[:, 1:] = tgt[:, :-1]
        return src, dec, tgt

    def stream(self, ep, pos):
        """Yields (epoch, next position, batch), prepared in a thread."""
        q = queue.Queue(8)

        def work():
            e, p = ep, pos
            while True:
                b = self.epoch(e)
                for j in range(p, len(b)):
                    q.put((e, j + 1, len(b), self.make(b[j])))
                e, p = e + 1, 0

        threading.Thread(target=work, daemon=True).start()
        while True:
            yield q.get()


class FusedSmoothedCE(torch.autograd.Function):
    """sum of label-smoothed cross entropy of h @ E.T, chunked: logits are never kept, and the gradients are
    formed in the forward pass (two matmuls per chunk), so memory is chunk x V instead of N x V."""

    @staticmethod
    def forward(ctx, h, E, y, eps, chunk, dtype):
        V = E.shape[0]
        Ed = E.to(dtype)
        dE = torch.zeros(E.shape, dtype=torch.float32, device=E.device)
        dh = torch.empty_like(h)
        Em = Ed.float().mean(0)
        loss = h.new_zeros((), dtype=torch.float32)
        nll = h.new_zeros((), dtype=torch.float32)
        with torch.autocast(h.device.type, enabled=False):
            for i in range(0, h.shape[0], chunk):
                hc = h[i : i + chunk].to(dtype)
                yc = y[i : i + chunk, None]
                z = (hc @ Ed.t()).float()
                lse = torch.logsumexp(z, 1, keepdim=True)
                zy = z.gather(1, yc)
                n = (lse - zy).sum()
                nll += n
                loss += (1 - eps) * n + eps * (lse[:, 0] - hc.float() @ Em).sum()
                g = z.sub_(lse).exp_().sub_(eps / V)
                g.scatter_add_(1, yc, torch.full_like(zy, -(1 - eps)))
                g = g.to(dtype)
                dh[i : i + chunk] = (g @ Ed).to(h.dtype)
                if dtype == torch.float32:
                    dE.addmm_(g.t(), hc)
                else:
                    dE += (g.t() @ hc).float()
        ctx.save_for_backward(dh, dE)
        ctx.edtype = E.dtype
        ctx.mark_non_differentiable(nll)
        return loss, nll

    @staticmethod
    def backward(ctx, gl, _):
        dh, dE = ctx.saved_tensors
        return dh * gl.to(dh.dtype), (dE * gl).to(ctx.edtype), None, None, None, None


def build(a, sp, spm_path):
    from transformers import GenerationConfig, MarianConfig, MarianMTModel, MarianTokenizer

    V = sp.get_piece_size() + 1
    pad = V - 1
    d, ff, el, dl, h = SIZES[a.size]
    base = os.path.join(a.out, "tok")
    os.makedirs(base, exist_ok=True)
    vocab = {sp.id_to_piece(i): i for i in range(V - 1)}
    vocab["<pad>"] = pad
    assert len(vocab) == V
    with open(f"{base}/vocab.json", "w", encoding="utf-8") as f:
        json.dump(vocab, f, ensure_ascii=False, indent=0)
    for n in ("source.spm", "target.spm"):
        shutil.copy(spm_path, f"{base}/{n}")
    src, tgt = {"fr-en": ("fr", "en"), "en-fr": ("en", "fr"), "both": ("fr", "en")}[a.direction]
    tok = MarianTokenizer(
        source_spm=f"{base}/source.spm",
        target_spm=f"{base}/target.spm",
        vocab=f"{base}/vocab.json",
        source_lang=src,
        target_lang=tgt,
        model_max_length=512,
    )
    cfg = MarianConfig(
        vocab_size=V,
        d_model=d,
        encoder_layers=el,
        decoder_layers=dl,
        encoder_attention_heads=h,
        decoder_attention_heads=h,
        encoder_ffn_dim=ff,
        decoder_ffn_dim=ff,
        activation_function=a.activation,
        dropout=a.dropout,
        scale_embedding=True,
        max_position_embeddings=512,
        pad_token_id=pad,
        decoder_start_token_id=pad,
        eos_token_id=0,
        forced_eos_token_id=0,
    )
    model = MarianMTModel(cfg)
    with torch.no_grad():
        for n, p in model.named_parameters():
            if not p.requires_grad:
                continue
            if "shared" in n:
                p.normal_(0, d**-0.5)
                p[pad].zero_()
            elif p.dim() == 2:
                torch.nn.init.xavier_uniform_(p)
    model.generation_config = GenerationConfig(
        num_beams=4,
        max_length=256,
        pad_token_id=pad,
        decoder_start_token_id=pad,
        eos_token_id=0,
        forced_eos_token_id=0,
        bad_words_ids=[[pad]],
    )
    return model, tok, pad


def warm_start(model, path):
    import re
    from safetensors.torch import load_file

    z = load_file(os.path.join(path, "model.safetensors"))
    own = model.state_dict()
    n = {
        k: 1 + max(int(m[1]) for m in (re.search(rf"{k}\.layers\.(\d+)\.", x) for x in z) if m)
        for k in ("encoder", "decoder")
    }
    pref = "" if any(x.startswith("model.") for x in z) else "model."
    got = 0
    for k, v in own.items():
        s = re.sub(r"(encoder|decoder)\.layers\.(\d+)\.", lambda m: f"{m[1]}.layers.{min(int(m[2]), n[m[1]] - 1)}.", k)
        for c in (s, s.removeprefix("model."), s.replace("encoder.embed_tokens", "shared")):
            if c in z and z[c].shape == v.shape:
                v.copy_(z[c])
                got += 1
                break
        else:
            log("not initialised:", k)
    log(f"warm start: {got} of {len(own)} tensors from {path}, layers there {n}")


def export(model, tok, path):
    tmp = path + ".tmp"
    shutil.rmtree(tmp, ignore_errors=True)
    os.makedirs(tmp)
    model.save_pretrained(tmp)
    tok.save_pretrained(tmp)
    shutil.rmtree(path, ignore_errors=True)
    os.replace(tmp, path)


@torch.inference_mode()
def evaluate(model, batches, sp, a, dev, device, amp):
    import sacrebleu

    model.eval()
    res = {}
    for s, t in batches.dirs:
        src = [p[0] if s == "en" else p[1] for p in dev]
        ref = [p[0] if t == "en" else p[1] for p in dev]
        ids = [batches.prefix[t] + x[: a.max_len] + [0] for x in sp.encode(src)]
        order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
        hyp = [""] * len(ids)
        for b in range(0, len(order), a.eval_batch):
            o = order[b : b + a.eval_batch]
            w = max(len(ids[i]) for i in o)
            x = torch.full((len(o), w), batches.pad)
            for r, i in enumerate(o):
                x[r, : len(ids[i])] = torch.tensor(ids[i])
            x = x.to(device)
            with amp():
                g = model.generate(
                    input_ids=x,
                    attention_mask=(x != batches.pad).long(),
                    num_beams=1,
                    do_sample=False,
                    max_length=min(256, int(w * 1.5) + 10),
                )
            for r, i in enumerate(o):
                hyp[i] = sp.decode([v for v in g[r].tolist() if 1 < v < batches.pad])
        res[f"{s}-{t}"] = (
            sacrebleu.corpus_bleu(hyp, [ref]).score,
            sacrebleu.corpus_chrf(hyp, [ref]).score,
            ref[0],
            hyp[0],
        )
    model.train()
    return res


def main():
    ap = argparse.ArgumentParser()
    A = ap.add_argument
    A("--train", nargs="+", required=True)
    A("--dev")
    A("--out", required=True)
    A("--direction", choices=["fr-en", "en-fr", "both"], default="fr-en")
    A("--prefix", action="store_true", help=">>xx<< also for one direction")
    A("--size", choices=SIZES, default="tiny")
    A("--vocab", type=int, default=16000)
    A("--spm", help="existing sentencepiece model")
    A("--byte-fallback", action="store_true")
    A("--spm-pairs", type=int, default=1_000_000)
    A("--limit", type=int, default=0)
    A("--max-len", type=int, default=128)
    A("--batch-tokens", type=int, default=4096, help="padded tokens per side")
    A("--accum", type=int, default=1)
    A("--pool", type=int, default=50_000)
    A("--pad-multiple", type=int, default=0)
    A("--lr", type=float, default=1e-3)
    A("--warmup", type=int, default=2000)
    A("--dropout", type=float, default=0.1)
    A("--label-smoothing", type=float, default=0.1)
    A("--clip", type=float, default=1.0)
    A("--activation", default="relu")
    A("--ema", type=float, default=0.9995)
    A("--minutes", type=float, default=1e9)
    A("--max-steps", type=int, default=10**9)
    A("--decay-minutes", type=float, default=0, help="linear lr decay to 0 over the last N minutes of --minutes")
    A("--save-minutes", type=float, default=10)
    A("--eval-minutes", type=float, default=20)
    A("--eval-lines", type=int, default=300)
    A("--eval-batch", type=int, default=64)
    A("--log-steps", type=int, default=50)
    A("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    A("--bf16", action="store_true")
    A("--compile", action="store_true")
    A("--threads", type=int, default=0)
    A("--seed", type=int, default=1)
    A("--chunk", type=int, default=0)
    A("--hold", type=int, default=2000)
    A("--muon", type=float, default=0.0)
    A("--fresh", action="store_true")
    A("--init", help="transformers checkpoint to start from; missing layers copy the nearest one")
    a = ap.parse_args()
    t_start = time.time()
    dev_type = torch.device(a.device).type
    if a.threads:
        torch.set_num_threads(a.threads)
    a.pad_multiple = a.pad_multiple or (8 if dev_type == "cuda" or a.compile else 1)
    a.chunk = a.chunk or (8192 if dev_type == "cuda" else 512)
    os.makedirs(a.out, exist_ok=True)
    torch.manual_seed(a.seed)
    torch.set_float32_matmul_precision(
        "high" if dev_type == "cuda" else "highest"
    )  # "medium" stalls in training on this CPU
    from transformers.utils import logging as hl

    hl.set_verbosity_error()
    hl.disable_progress_bar()
    sp, spm_path = get_spm(a)
    d = encode_corpus(a, sp)
    model, tok, pad = build(a, sp, spm_path)
    if a.init:
        warm_start(model, a.init)
    bt = Batches(d, a, sp, pad)
    dev = list(read_tsv([a.dev], a.eval_lines)) if a.dev else []
    model.to(a.device).train()
    params = [p for p in model.parameters() if p.requires_grad]
    hid = [p for n, p in model.named_parameters() if p.requires_grad and p.dim() == 2 and "shared" not in n]
    hs = {id(p) for p in hid}
    rest = [p for p in params if id(p) not in hs]
    if a.muon:
        opt2 = torch.optim.Muon(hid, lr=a.muon, weight_decay=0.0, momentum=0.95, adjust_lr_fn="match_rms_adamw")
        opt = torch.optim.Adam(rest, lr=a.lr, betas=(0.9, 0.98), eps=1e-9, fused=True)
    else:
        opt = torch.optim.Adam(params, lr=a.lr, betas=(0.9, 0.98), eps=1e-9, fused=True)
        opt2 = None
    ema = [p.detach().clone() for p in params]
    step = ep = pos = 0
    used = 0.0
    best = -1.0
    last = os.path.join(a.out, "last.pt")
    if os.path.exists(last) and not a.fresh:
        z = torch.load(last, map_location=a.device, weights_only=True)
        for p, v, m, e in zip(params, z["params"], ema, z["ema"]):
            p.data.copy_(v)
            m.copy_(e)
        opt.load_state_dict(z["opt"])
        opt2 and opt2.load_state_dict(z["opt2"])
        step, ep, pos, used, best = z["step"], z["ep"], z["pos"], z["used"], z["best"]
        log(f"resumed at step {step} epoch {ep}.{pos}")
    log(
        f"{a.size} {a.direction} vocab {pad + 1} params {sum(p.numel() for p in params) / 1e6:.2f}M pairs {bt.n} device {a.device} bf16 {a.bf16} compile {a.compile}"
    )
    amp = (
        (lambda: torch.autocast(dev_type, torch.bfloat16))
        if a.bf16
        else (lambda: torch.autocast(dev_type, enabled=False))
    )
    cdt = torch.bfloat16 if a.bf16 else torch.float32

    def hidden(src, mask, dec):
        return model.model(input_ids=src, attention_mask=mask, decoder_input_ids=dec, use_cache=False).last_hidden_state

    fwd = torch.compile(hidden, dynamic=True) if a.compile else hidden
    E = model.model.shared.weight

    def swap():
        for p, m in zip(params, ema):
            t = p.data.clone()
            p.data.copy_(m)
            m.copy_(t)

    def save():
        torch.save(
            {
                "params": [p.data for p in params],
                "ema": ema,
                "opt": opt.state_dict(),
                "opt2": opt2.state_dict() if opt2 else None,
                "step": step,
                "ep": ep,
                "pos": pos,
                "used": used + time.time() - t0,
                "best": best,
            },
            last + ".tmp",
        )
        os.replace(last + ".tmp", last)
        swap()
        export(model, tok, os.path.join(a.out, "hf-last"))
        swap()

    def do_eval():
        nonlocal best
        swap()
        r = evaluate(model, bt, sp, a, dev, a.device, amp)
        for k, v in r.items():
            log(f"EVAL step {step} {k} BLEU {v[0]:.2f} chrF {v[1]:.2f} | {v[2][:70]} => {v[3][:70]}")
        m = sum(v[1] for v in r.values()) / len(r)
        if m > best:
            best = m
            export(model, tok, os.path.join(a.out, "hf-best"))
        swap()

    t0 = t_log = t_save = t_eval = time.time()
    ntok = nsrc = npair = 0
    acc = torch.zeros(2, device=a.device)
    stream = bt.stream(ep, pos)
    limit = a.minutes * 60
    while step < a.max_steps and time.time() - t_start < limit:
        lr = a.lr * min(1.0, (step + 1) / a.warmup, (a.hold / (step + 1)) ** 0.5)
        if a.decay_minutes:
            lr *= min(1.0, max(0.0, (limit - (time.time() - t_start)) / (a.decay_minutes * 60)))
        for g in opt.param_groups:
            g["lr"] = lr
        if opt2:
            for g in opt2.param_groups:
                g["lr"] = lr / a.lr * a.muon
        micro = []
        for _ in range(a.accum):
            ep, pos, nb, b = next(stream)
            micro.append(b)
        denom = sum(int((t != pad).sum()) for _, _, t in micro)
        for src, dec, tgt in micro:
            nsrc += int((src != pad).sum())
            npair += len(src)
            keep = (tgt.view(-1) != pad).nonzero()[:, 0]
            y = tgt.view(-1)[keep]
            if dev_type == "cuda":
                src, dec, keep, y = (x.pin_memory().to(a.device, non_blocking=True) for x in (src, dec, keep, y))
            with amp():
                h = fwd(src, (src != pad).long(), dec)
            loss, nll = FusedSmoothedCE.apply(
                h.view(-1, h.shape[-1])[keep], E[:pad], y, a.label_smoothing, a.chunk, cdt
            )
            (loss / denom).backward()
            acc += torch.stack([loss.detach(), nll])
        ntok += denom
        gn = torch.nn.utils.clip_grad_norm_(params, a.clip)
        opt.step()
        opt2 and opt2.step()
        [setattr(p, "grad", None) for p in params]
        step += 1
        with torch.no_grad():
            torch._foreach_lerp_(ema, [p.data for p in params], 1 - min(a.ema, (step + 1) / (step + 10)))
        now = time.time()
        if step % a.log_steps == 0:
            l, n = (acc / max(1, ntok)).tolist()
            s = now - t_log
            log(
                f"step {step} epoch {ep}+{pos / nb:.2f} loss {l:.3f} nll {n:.3f} ppl {math.exp(min(20, n)):.1f} gn {float(gn):.2f} lr {lr:.2e} tgt-tok/s {ntok / s:.0f} src-tok/s {nsrc / s:.0f} pairs/h {npair / s * 3600:.0f}"
            )
            if not math.isfinite(l):
                sys.exit("loss is not finite")
            t_log = now
            ntok = nsrc = npair = 0
            acc.zero_()
        if now - t_save > a.save_minutes * 60:
            save()
            t_save = time.time()
        if dev and now - t_eval > a.eval_minutes * 60:
            do_eval()
            t_eval = time.time()
    if dev:
        do_eval()
    save()
    log(f"done: step {step}, {(time.time() - t0) / 60:.1f} min")


if __name__ == "__main__":
    main()
