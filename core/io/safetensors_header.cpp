// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/safetensors_header.h"

#include <array>
#include <unordered_set>
#include <utility>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/io/limits.h"
#include "core/io/text.h"

namespace ocellus {

namespace {

constexpr std::array<std::pair<std::string_view, DType>, 10> elementTypes{{
    {"F32", DType::Float32},
    {"F16", DType::Float16},
    {"BF16", DType::BFloat16},
    {"F64", DType::Float64},
    {"I64", DType::Int64},
    {"I32", DType::Int32},
    {"I16", DType::Int16},
    {"I8", DType::Int8},
    {"U8", DType::UInt8},
    {"BOOL", DType::Bool},
}};

/// Takes the JSON token by token: a tree of a hostile header could be fifty times as large as the header.
class HeaderHandler : public nlohmann::json_sax<nlohmann::json> {
public:
    explicit HeaderHandler(const std::string& subject) : m_subject(subject) {}

    SafetensorsHeader take() { return std::move(m_header); }

    bool start_object(std::size_t) override
    {
        if (m_place == Place::Outside)
            m_place = Place::Top;
        else if (m_place == Place::Top && m_key == "__metadata__")
            enterMetadata();
        else if (m_place == Place::Top)
            enterTensor();
        else
            refuse("an object where none belongs");
        return true;
    }

    bool end_object() override
    {
        if (m_place == Place::Tensor && m_fields != (Type | Shape | Offsets))
            refuse("not all of dtype, shape and data_offsets");
        m_place = m_place == Place::Top ? Place::Outside : Place::Top;
        return true;
    }

    bool key(string_t& name) override
    {
        m_key = std::move(name);
        if (m_place == Place::Tensor)
            enterField();
        else if (m_place == Place::Top && !m_names.insert(m_key).second)
            damaged("the header names " + excerpt(m_key) + " twice");
        return true;
    }

    bool string(string_t& value) override
    {
        if (m_place == Place::Metadata)
            return addMetadata(std::move(value));
        if (m_place != Place::Tensor || m_field != Type)
            refuse("a string where none belongs");
        for (const auto& [name, dtype] : elementTypes)
            if (name == value) {
                tensor().info.dtype = dtype;
                return true;
            }
        throw Error(ErrorCode::Unsupported, m_subject,
                    "tensor " + excerpt(tensor().info.name) + " has the element type " + excerpt(value),
                    "Save it as float32 or float16");
    }

    bool start_array(std::size_t) override
    {
        if (m_place != Place::Tensor || m_field == Type)
            refuse("a list where none belongs");
        m_place = Place::List;
        m_offsetsSeen = 0;
        return true;
    }

    bool end_array() override
    {
        m_place = Place::Tensor;
        if (m_field == Offsets && m_offsetsSeen != 2)
            refuse("data_offsets that are not two numbers");
        return true;
    }

    bool number_unsigned(number_unsigned_t value) override
    {
        if (m_place != Place::List)
            refuse("a number where none belongs");
        if (m_field == Shape)
            return addExtent(value);
        if (m_offsetsSeen < 2)
            (m_offsetsSeen == 0 ? tensor().begin : tensor().end) = value;
        ++m_offsetsSeen;
        return true;
    }

    bool null() override { return refuse("null where it does not belong"); }
    bool boolean(bool) override { return refuse("a boolean where none belongs"); }
    bool number_integer(number_integer_t) override { return refuse("a negative number"); }
    bool number_float(number_float_t, const string_t&) override { return refuse("a number that is not whole"); }
    bool binary(binary_t&) override { return refuse("binary data"); }

    bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override
    {
        damaged("the header is not valid JSON at byte " + std::to_string(position));
    }

private:
    enum class Place { Outside, Top, Metadata, Tensor, List };
    enum Field : unsigned { Type = 1, Shape = 2, Offsets = 4 };

    SafetensorsHeader::Entry& tensor() { return m_header.entries.back(); }

    void enterMetadata()
    {
        m_place = Place::Metadata;
        m_header.hasMetadata = true;
    }

    void enterTensor()
    {
        if (m_header.entries.size() >= limits::tensors)
            throw Error(ErrorCode::TooLarge, m_subject,
                        "the header names more than " + std::to_string(limits::tensors) + " tensors");
        m_place = Place::Tensor;
        m_fields = 0;
        m_header.entries.emplace_back().info.name = m_key;
    }

    void enterField()
    {
        m_field = m_key == "dtype" ? Type : m_key == "shape" ? Shape : Offsets;
        if ((m_field == Offsets && m_key != "data_offsets") || (m_fields & m_field) != 0)
            refuse("the unexpected or repeated field " + excerpt(m_key));
        m_fields |= m_field;
    }

    bool addMetadata(std::string value)
    {
        if (m_header.metadata.size() >= limits::metadataEntries)
            throw Error(ErrorCode::TooLarge, m_subject,
                        "__metadata__ has more than " + std::to_string(limits::metadataEntries) + " entries");
        if (!m_header.metadata.emplace(m_key, std::move(value)).second)
            damaged("__metadata__ names " + excerpt(m_key) + " twice");
        return true;
    }

    bool addExtent(std::uint64_t extent)
    {
        std::vector<std::int64_t>& shape = tensor().info.shape;
        if (shape.size() >= limits::dimensions)
            refuse("more than " + std::to_string(limits::dimensions) + " dimensions");
        if (extent > static_cast<std::uint64_t>(INT64_MAX))
            refuse("an extent that does not fit in 63 bits");
        shape.push_back(static_cast<std::int64_t>(extent));
        return true;
    }

    [[noreturn]] bool refuse(const std::string& what)
    {
        const bool inTensor = m_place == Place::Tensor || m_place == Place::List;
        damaged((inTensor ? "tensor " + excerpt(tensor().info.name) : "the header at " + excerpt(m_key)) + " has " +
                what);
    }

    [[noreturn]] void damaged(const std::string& detail) { throw Error(ErrorCode::Damaged, m_subject, detail); }

    const std::string& m_subject;
    SafetensorsHeader m_header;
    Place m_place = Place::Outside;
    std::string m_key;
    std::unordered_set<std::string> m_names;
    unsigned m_fields = 0;
    Field m_field = Type;
    int m_offsetsSeen = 0;
};

} // namespace

SafetensorsHeader parseSafetensorsHeader(std::string_view json, const std::string& subject)
{
    HeaderHandler handler(subject);
    // The format pads the header with spaces, which JSON allows after the last brace.
    nlohmann::json::sax_parse(json.begin(), json.end(), &handler);
    return handler.take();
}

} // namespace ocellus
