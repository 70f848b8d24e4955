// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/map_words.h"

namespace ocellus {

std::string_view mapWord(MapKind kind)
{
    switch (kind) {
    case MapKind::Head: return "head";
    case MapKind::Prototype: return "prototype";
    case MapKind::Node: return "node";
    case MapKind::Concept: return "concept";
    }
    return "map";
}

std::string mapWords(MapKind kind)
{
    return std::string(mapWord(kind)) + "s";
}

} // namespace ocellus
