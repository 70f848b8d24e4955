// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/base/error.h"

namespace ocellus {

/// Numbers of a reference implementation in a .safetensors file of our own making; bytes too, which no weight is made
/// of.
class GoldenFile {
public:
    explicit GoldenFile(const std::filesystem::path& path)
    {
        std::ifstream file(path, std::ios::binary);
        std::string content((std::istreambuf_iterator<char>(file)), {});
        std::uint64_t length = 0;
        if (content.size() < sizeof(length))
            throw Error(ErrorCode::Unreadable, path.string(), "expected golden numbers");
        std::memcpy(&length, content.data(), sizeof(length));
        m_header = nlohmann::json::parse(content.substr(sizeof(length), length));
        m_data = content.substr(sizeof(length) + length);
    }

    bool has(const char* name) const { return m_header.contains(name); }

    template <typename Value>
    std::vector<Value> values(const char* name) const
    {
        const auto range = m_header.at(name).at("data_offsets").get<std::vector<std::size_t>>();
        std::vector<Value> result((range.at(1) - range.at(0)) / sizeof(Value));
        std::memcpy(result.data(), m_data.data() + range.at(0), result.size() * sizeof(Value));
        return result;
    }

    std::vector<std::int64_t> shape(const char* name) const
    {
        return m_header.at(name).at("shape").get<std::vector<std::int64_t>>();
    }

    std::string text(const char* key) const { return m_header.at("__metadata__").value(key, ""); }
    nlohmann::json json(const char* key) const { return nlohmann::json::parse(text(key)); }

private:
    nlohmann::json m_header;
    std::string m_data;
};

} // namespace ocellus
