// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/image/byte_reader.h"

namespace ocellus {

/// What a picture file carries beside its pixels that says how they are to be seen. Damaged metadata says nothing: it
/// is no reason to refuse a sound picture.
class PictureMetadata {
public:
    /// A block that starts at the TIFF byte-order mark or at "Exif\0\0"; the first with an orientation counts.
    void addExif(const ByteReader& block);
    /// An XMP packet, whose tiff:Orientation counts where EXIF has none, as in Pillow.
    void addXmp(std::string_view packet);
    /// A part of an ICC profile; JPEG cuts it into several.
    void addProfile(std::span<const std::uint8_t> part);
    /// What a PNG says under selectionKey.
    void setSelectionNote(std::string_view note) { m_selectionNote = note; }

    /// 1 (upright) to 8.
    int orientation() const { return m_exif.value_or(m_xmp.value_or(1)); }
    /// An ICC profile, or empty.
    const std::vector<std::uint8_t>& profile() const { return m_profile; }
    /// EXIF says that the colours are Adobe RGB, as cameras do instead of adding a profile (Exif 2.3, "R03").
    bool isAdobeRgb() const { return m_isAdobeRgb; }
    const std::string& selectionNote() const { return m_selectionNote; }

private:
    std::optional<int> m_exif;
    std::optional<int> m_xmp;
    std::vector<std::uint8_t> m_profile;
    bool m_isAdobeRgb = false;
    std::string m_selectionNote;
};

} // namespace ocellus
