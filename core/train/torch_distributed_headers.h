// SPDX-License-Identifier: GPL-3.0-or-later
// LibTorch's process groups, as far as this build has them.
#pragma once

#include <algorithm>
#include <exception>
#include <string>

#include <c10/util/Exception.h>
#include <torch/version.h>

#if defined(USE_C10D_GLOO) && __has_include(<gloo/context.h>)
#define OCELLUS_HAS_GLOO 1
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#else
#define OCELLUS_HAS_GLOO 0
#endif

#if defined(USE_C10D_NCCL) && __has_include(<nccl.h>)
#define OCELLUS_HAS_NCCL 1
#include <torch/csrc/distributed/c10d/ProcessGroupNCCL.hpp>
#else
#define OCELLUS_HAS_NCCL 0
#endif

#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/ProcessGroup.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>

namespace ocellus {

/// What both kinds of process groups are in this LibTorch.
#if TORCH_VERSION_MAJOR >= 2
using Collectives = c10d::Backend;
#else
using Collectives = c10d::ProcessGroup;
#endif

/// The message as a sentence of ours: without stack frames, Gloo's "[./pair.cc:589] " before it and the full stop.
inline std::string sentenceOf(const std::exception& error)
{
    const auto* fromTorch = dynamic_cast<const c10::Error*>(&error);
    std::string text = fromTorch ? fromTorch->what_without_backtrace() : error.what();
    text.erase(std::min(text.size(), text.find('\n')));
    if (const std::size_t place = text.find("] "); text.starts_with('[') && place != std::string::npos)
        text.erase(0, place + 2);
    while (text.ends_with('.'))
        text.pop_back();
    return text;
}

} // namespace ocellus
