// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/operation.h"

#include <cstring>
#include <string>
#include <utility>

#include "core/base/error.h"
#include "core/edit/operation_fields.h"

namespace ocellus {

namespace {

/// Throws where a parameter is out of range.
struct Check {
    const char* operation;

    template <class Number>
    void number(const char* name, Number value, const FieldRange& range) const
    {
        // Written so that a number that is none fails too.
        if (!(value >= range.least && value <= range.most))
            throw Error(ErrorCode::BadArgument, operation,
                        std::string("expected ") + name + " from " + std::to_string(range.least) + " to " +
                            std::to_string(range.most) + ", got " + std::to_string(value));
    }

    void operator()(const char* name, double value, const FieldRange& range) const { number(name, value, range); }
    void operator()(const char* name, int value, const FieldRange& range) const { number(name, value, range); }
    void operator()(const char*, const std::shared_ptr<const Picture>& picture, const FieldRange&) const
    {
        if (picture && (picture->empty() || picture->rgb.size() != wholeBox(picture->size).area() * 3))
            throw Error(ErrorCode::BadArgument, operation, "expected a source with pixels, got one without");
    }
    template <class Any, class Limits>
    void operator()(const char*, const Any&, const Limits&) const
    {
    }
};

/// Chains the keys of parameters.
struct KeyChain {
    ContentKey key;

    void add(const void* bytes, std::size_t size)
    {
        key = contentKey(std::span(static_cast<const std::byte*>(bytes), size), key.low ^ (key.high << 1));
    }

    void operator()(const char*, const std::shared_ptr<const Picture>& picture, const FieldRange&)
    {
        if (!picture)
            return;
        add(&picture->size, sizeof picture->size);
        add(picture->rgb.data(), picture->rgb.size());
    }
    template <class Plain, class Limits>
    void operator()(const char*, const Plain& value, const Limits&)
    {
        static_assert(std::is_trivially_copyable_v<Plain>);
        if constexpr (std::is_same_v<Plain, double>) {
            const double positive = value == 0 ? 0 : value; // -0 does the same as 0
            add(&positive, sizeof positive);
        } else {
            add(&value, sizeof value);
        }
    }
};

template <std::size_t... index>
Operation operationOfKind(std::size_t kind, std::index_sequence<index...>)
{
    Operation operation;
    ((kind == index ? void(operation.emplace<index>()) : void()), ...);
    return operation;
}

} // namespace

Operation operationOfKind(std::size_t kind)
{
    return operationOfKind(kind, std::make_index_sequence<std::variant_size_v<Operation>>());
}

CopyPatch patchFrom(const Picture& other, const PixelBox& target, int dx, int dy)
{
    CopyPatch patch;
    PixelBox needed = target;
    if (target.empty())
        return patch;
    requireValid(CopyPatch{dx, dy, false, nullptr});
    needed.left += dx;
    needed.top += dy;
    patch.source = std::make_shared<const Picture>(cropped(other, needed));
    patch.dx = -target.left;
    patch.dy = -target.top;
    return patch;
}

void requireValid(const Operation& operation)
{
    const Check check{operationNames[operation.index()]};
    std::visit([&](const auto& recipe) { visitFields(recipe, check); }, operation);
    if (const auto* fill = std::get_if<TextureFill>(&operation); fill && fill->patch % 2 == 0)
        throw Error(ErrorCode::BadArgument, check.operation,
                    "expected an odd patch, got " + std::to_string(fill->patch));
}

ContentKey contentKey(const Operation& operation)
{
    KeyChain chain{contentKey(std::string_view(operationNames[operation.index()]))};
    std::visit([&](const auto& recipe) { visitFields(recipe, chain); }, operation);
    return chain.key;
}

} // namespace ocellus
