// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

namespace ocellus {

/// Writes one pickle of protocol 2, value after value, with those instructions only that PyTorch 2's `weights_only`
/// knows (where argparse.Namespace must be allowed). Format:
/// https://github.com/python/cpython/blob/main/Lib/pickletools.py
class PickleWriter {
public:
    /// Writes what is inside a collection: in a dictionary a key, its value, the next key and so on.
    using Fill = std::function<void()>;

    PickleWriter();

    void none();
    void boolean(bool value);
    void integer(std::int64_t value);
    void number(double value);

    /// Throws Error(BadArgument) where the text is not UTF-8, which Python could not load.
    void text(std::string_view value);

    void list(const Fill& fill);
    void tuple(const Fill& fill);
    void dict(const Fill& fill);

    /// collections.OrderedDict
    void orderedDict(const Fill& fill);

    /// argparse.Namespace; `fill` as for dict(), with texts as keys.
    void argparseNamespace(const Fill& fill);

    /// Throws Error(BadArgument) for whole numbers beyond 63 bits, binary values and texts that are not UTF-8.
    void json(const nlohmann::json& value);

    /// The members of an object, or nothing for null: what fills a dictionary. Throws Error(BadArgument).
    void members(const nlohmann::json& object);

    /// A row-major float32 tensor that fills the storage with that key.
    void tensor(std::string_view storage, std::span<const std::int64_t> shape);

    /// The whole pickle; the writer is spent then.
    std::string finish();

private:
    template <typename Number>
    void raw(Number number);
    void global(std::string_view module, std::string_view name);
    void items(const Fill& fill);
    void integers(std::span<const std::int64_t> values);

    std::string m_bytes;
};

} // namespace ocellus
