// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/pickle_writer.h"

#include <bit>
#include <functional>
#include <numeric>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/io/little_endian.h"
#include "core/io/pickle_opcode.h"
#include "core/io/text.h"

namespace ocellus {

PickleWriter::PickleWriter()
{
    raw(Opcode::Protocol);
    raw(std::uint8_t{2});
}

template <typename Number>
void PickleWriter::raw(Number number)
{
    m_bytes.append(reinterpret_cast<const char*>(&number), sizeof number);
}

void PickleWriter::none()
{
    raw(Opcode::None);
}

void PickleWriter::boolean(bool value)
{
    raw(value ? Opcode::NewTrue : Opcode::NewFalse);
}

void PickleWriter::integer(std::int64_t value)
{
    if (std::in_range<std::int32_t>(value)) {
        raw(Opcode::BinInt);
        raw(static_cast<std::int32_t>(value));
    } else {
        raw(Opcode::Long1);
        raw(static_cast<std::uint8_t>(sizeof value));
        raw(value);
    }
}

void PickleWriter::number(double value)
{
    raw(Opcode::BinFloat); // big-endian, as the only number in the format
    raw(__builtin_bswap64(std::bit_cast<std::uint64_t>(value)));
}

void PickleWriter::text(std::string_view value)
{
    if (!isUtf8(value) || !std::in_range<std::uint32_t>(value.size()))
        throw Error(ErrorCode::BadArgument, excerpt(value), "a text that is not UTF-8 cannot be written to a pickle",
                    "Use names of files, folders and classes that are UTF-8");
    raw(Opcode::BinUnicode);
    raw(static_cast<std::uint32_t>(value.size()));
    m_bytes += value;
}

void PickleWriter::list(const Fill& fill)
{
    raw(Opcode::EmptyList);
    raw(Opcode::Mark);
    fill();
    raw(Opcode::Appends);
}

void PickleWriter::tuple(const Fill& fill)
{
    raw(Opcode::Mark);
    fill();
    raw(Opcode::Tuple);
}

void PickleWriter::dict(const Fill& fill)
{
    raw(Opcode::EmptyDict);
    items(fill);
}

void PickleWriter::orderedDict(const Fill& fill)
{
    global("collections", "OrderedDict");
    raw(Opcode::EmptyTuple);
    raw(Opcode::Reduce);
    items(fill);
}

void PickleWriter::argparseNamespace(const Fill& fill)
{
    global("argparse", "Namespace");
    raw(Opcode::EmptyTuple);
    raw(Opcode::NewObject);
    dict(fill);
    raw(Opcode::Build);
}

void PickleWriter::items(const Fill& fill)
{
    raw(Opcode::Mark);
    fill();
    raw(Opcode::SetItems);
}

void PickleWriter::json(const nlohmann::json& value)
{
    using Type = nlohmann::json::value_t;
    switch (value.type()) {
    case Type::null: return none();
    case Type::boolean: return boolean(value.get<bool>());
    case Type::number_float: return number(value.get<double>());
    case Type::string: return text(value.get_ref<const std::string&>());
    case Type::object: return dict([&] { members(value); });
    case Type::array:
        return list([&] {
            for (const nlohmann::json& item : value)
                json(item);
        });
    case Type::number_integer:
    case Type::number_unsigned:
        if (!value.is_number_unsigned() || std::in_range<std::int64_t>(value.get<std::uint64_t>()))
            return integer(value.get<std::int64_t>());
        break;
    case Type::binary:
    case Type::discarded: break;
    }
    throw Error(ErrorCode::BadArgument, "pickle", "expected a plain value of at most 63 bits, got " + value.dump());
}

void PickleWriter::members(const nlohmann::json& object)
{
    if (!object.is_object() && !object.is_null())
        throw Error(ErrorCode::BadArgument, "pickle", std::string("expected an object, got ") + object.type_name());
    for (const auto& [key, value] : object.items()) {
        text(key);
        json(value);
    }
}

void PickleWriter::tensor(std::string_view storage, std::span<const std::int64_t> shape)
{
    std::vector<std::int64_t> stride(shape.size(), 1);
    for (std::size_t i = shape.size(); i-- > 1;)
        stride[i - 1] = stride[i] * std::max<std::int64_t>(shape[i], 1);
    global("torch._utils", "_rebuild_tensor_v2");
    tuple([&] {
        tuple([&] {
            text("storage");
            global("torch", "FloatStorage");
            text(storage);
            text("cpu");
            integer(std::accumulate(shape.begin(), shape.end(), std::int64_t{1}, std::multiplies<>()));
        });
        raw(Opcode::BinPersistentId);
        integer(0); // the first element
        integers(shape);
        integers(stride);
        boolean(false);     // requires_grad
        orderedDict([] {}); // hooks
    });
    raw(Opcode::Reduce);
}

void PickleWriter::integers(std::span<const std::int64_t> values)
{
    tuple([&] {
        for (const std::int64_t value : values)
            integer(value);
    });
}

void PickleWriter::global(std::string_view module, std::string_view name)
{
    raw(Opcode::Global);
    (m_bytes += module) += '\n';
    (m_bytes += name) += '\n';
}

std::string PickleWriter::finish()
{
    raw(Opcode::Stop);
    return std::move(m_bytes);
}

} // namespace ocellus
