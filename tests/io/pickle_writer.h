// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ocellus::test {

/// The bytes of a number, little-endian.
template <typename Number>
std::string rawBytes(Number number)
{
    return std::string(reinterpret_cast<const char*>(&number), sizeof number);
}

/// Writes pickles by hand, also such as Python would never write.
class PickleWriter {
public:
    PickleWriter() : m_bytes("\x80\x02") {}

    PickleWriter& raw(std::string_view bytes)
    {
        m_bytes += bytes;
        return *this;
    }
    PickleWriter& text(std::string_view text)
    {
        return raw("X" + rawBytes(static_cast<std::uint32_t>(text.size())) + std::string(text));
    }
    PickleWriter& integer(std::int64_t value) { return raw("\x8a\x08" + rawBytes(value)); }
    PickleWriter& global(std::string_view module, std::string_view name)
    {
        return raw("c" + std::string(module) + "\n" + std::string(name) + "\n");
    }
    PickleWriter& integers(const std::vector<std::int64_t>& values)
    {
        raw("(");
        for (const std::int64_t value : values)
            integer(value);
        return raw("t");
    }

    /// A persistent id: `count` elements under the key, with a view of (first, viewCount) where `view` says so.
    PickleWriter& storage(std::string_view key, std::int64_t count, std::string_view type = "FloatStorage",
                          const std::vector<std::int64_t>& view = {})
    {
        raw("(").text("storage").global("torch", type).text(key).text("cpu").integer(count);
        if (!view.empty())
            raw("(").text("view").integer(view[0]).integer(view[1]).raw("t");
        return raw("tQ");
    }

    /// Call of _rebuild_tensor_v2 with a storage that stands on the stack already.
    PickleWriter& tensorTail(std::int64_t offset, const std::vector<std::int64_t>& shape,
                             const std::vector<std::int64_t>& stride)
    {
        return integer(offset)
            .integers(shape)
            .integers(stride)
            .raw("\x89")
            .global("collections", "OrderedDict")
            .raw(")RtR");
    }
    PickleWriter& tensor(std::string_view key, std::int64_t count, std::int64_t offset,
                         const std::vector<std::int64_t>& shape, const std::vector<std::int64_t>& stride)
    {
        return global("torch._utils", "_rebuild_tensor_v2")
            .raw("(")
            .storage(key, count)
            .tensorTail(offset, shape, stride);
    }

    /// {"w": a tensor of the storage "0"}, finished.
    static std::string stateDict(std::int64_t count, std::int64_t offset, const std::vector<std::int64_t>& shape,
                                 const std::vector<std::int64_t>& stride)
    {
        return PickleWriter().raw("}").text("w").tensor("0", count, offset, shape, stride).raw("s").stop();
    }

    std::string stop() const { return m_bytes + "."; }

private:
    std::string m_bytes;
};

} // namespace ocellus::test
