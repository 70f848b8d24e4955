// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/edit/step_store.h"
#include "core/io/strict_json.h"

namespace ocellus {

/// Reads what jsonOf() wrote, from files of strangers: keys that are unknown or missing, values of another kind or out
/// of range, and lengths that do not fit each other are errors. Masks and patches together may take `maxBytes`;
/// those that one reader meets again are shared, as they were when they were written.
/// All throw Error, naming source and place: Damaged, or TooLarge for what would not fit into memory or limits.
class EditReader : public StrictJson {
public:
    static constexpr std::size_t defaultMaxBytes = 512U << 20;

    explicit EditReader(std::string source, std::size_t maxBytes = defaultMaxBytes);

    Mask mask(const nlohmann::json& value);
    Operation operation(const nlohmann::json& value);
    Edit edit(const nlohmann::json& value);
    EditList list(const nlohmann::json& value);
    NamedMask namedMask(const nlohmann::json& value);
    PictureEdits pictureEdits(const nlohmann::json& value);
    std::vector<EditChange> changes(const nlohmann::json& value);
    EditStep step(const nlohmann::json& value);
    DoneChanges done(const nlohmann::json& value);

private:
    friend struct FieldReader;

    std::vector<std::uint8_t> bytesOf(const std::string& text) const;
    std::shared_ptr<const Picture> picture(const nlohmann::json& value);
    EditChange change(const nlohmann::json& value);
    /// Counts what is about to be allocated.
    void claim(std::size_t bytes);

    std::size_t m_bytesLeft;
    std::map<ContentKey, Mask> m_masks;
    std::map<ContentKey, std::shared_ptr<const Picture>> m_pictures;
};

} // namespace ocellus
