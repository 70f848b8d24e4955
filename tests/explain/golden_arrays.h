// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace ocellus {

/// One of the oracle's safetensors files, integers and booleans too, every value as double: exact for all that is in
/// them. Metadata values are JSON.
class GoldenArrays {
public:
    explicit GoldenArrays(const std::filesystem::path& path)
    {
        std::ifstream file(path, std::ios::binary);
        const std::string content{std::istreambuf_iterator<char>(file), {}};
        std::uint64_t length = 0;
        std::memcpy(&length, content.data(), sizeof length);
        m_header = nlohmann::json::parse(content.substr(sizeof length, length));
        m_data = content.substr(sizeof length + length);
    }

    bool has(const std::string& name) const { return m_header.contains(name); }

    std::vector<std::int64_t> shape(const std::string& name) const
    {
        return m_header.at(name).at("shape").get<std::vector<std::int64_t>>();
    }

    std::vector<double> doubles(const std::string& name) const
    {
        const std::string type = m_header.at(name).at("dtype");
        if (type == "F32")
            return as<float>(name);
        if (type == "F64")
            return as<double>(name);
        if (type == "I32")
            return as<std::int32_t>(name);
        if (type == "I64")
            return as<std::int64_t>(name);
        return as<std::uint8_t>(name);
    }

    std::vector<float> floats(const std::string& name) const
    {
        const std::vector<double> all = doubles(name);
        return {all.begin(), all.end()};
    }

    std::vector<std::uint8_t> bytes(const std::string& name) const
    {
        const std::vector<double> all = doubles(name);
        return {all.begin(), all.end()};
    }

    /// Plane `index` of the first axis.
    template <typename Values>
    static Values plane(const Values& all, std::size_t planes, std::size_t index)
    {
        const auto size = static_cast<std::ptrdiff_t>(all.size() / planes);
        const auto begin = all.begin() + size * static_cast<std::ptrdiff_t>(index);
        return {begin, begin + size};
    }

    std::vector<float> row(const std::string& name, std::size_t index) const
    {
        return plane(floats(name), static_cast<std::size_t>(shape(name).front()), index);
    }

    bool hasMetadata(const char* key) const { return m_header.at("__metadata__").contains(key); }

    nlohmann::json metadata(const char* key) const
    {
        return nlohmann::json::parse(m_header.at("__metadata__").at(key).get<std::string>());
    }

private:
    template <typename Stored>
    std::vector<double> as(const std::string& name) const
    {
        const auto range = m_header.at(name).at("data_offsets").get<std::vector<std::size_t>>();
        std::vector<Stored> stored((range.at(1) - range.at(0)) / sizeof(Stored));
        std::memcpy(stored.data(), m_data.data() + range.at(0), stored.size() * sizeof(Stored));
        return {stored.begin(), stored.end()};
    }

    nlohmann::json m_header;
    std::string m_data;
};

/// The files "<prefix>*.safetensors" of the committed numbers and, where there are any, of the full set.
inline std::vector<std::filesystem::path> goldenFiles(const std::string& prefix)
{
    std::vector<std::filesystem::path> files;
    for (const char* folder : {OCELLUS_TEST_DATA "/explain", OCELLUS_GOLDEN_XAI_DIR})
        if (std::filesystem::is_directory(folder))
            for (const auto& entry : std::filesystem::directory_iterator(folder))
                if (entry.path().filename().string().starts_with(prefix) && entry.path().extension() == ".safetensors")
                    files.push_back(entry.path());
    return files;
}

/// Largest difference of two arrays, infinite where they differ in length or one value is not a number.
template <typename First, typename Second>
double largestDifference(const First& got, const Second& expected)
{
    if (got.size() != expected.size())
        return HUGE_VAL;
    double largest = 0;
    for (std::size_t i = 0; i < got.size(); ++i) {
        const double difference = std::abs(static_cast<double>(got[i]) - static_cast<double>(expected[i]));
        if (!(difference <= largest))
            largest = std::isnan(difference) ? HUGE_VAL : difference;
    }
    return largest;
}

template <typename Values>
double largestMagnitude(const Values& values)
{
    double largest = 0;
    for (const auto value : values)
        largest = std::max(largest, std::abs(static_cast<double>(value)));
    return largest;
}

} // namespace ocellus
