// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/image/sample_range.h"

namespace ocellus {

/// What a file is beside its pixels, and what was decided about it while it was decoded.
struct PictureFacts {
    int page = 1; ///< the one that was decoded
    int pages = 1;
    bool isFirstReduced = false; ///< the first page is marked as a smaller copy, so the largest is the default

    bool isDeep = false;                         ///< more than 8 bits a sample: the four below are of 0 to 65,535
    int least = 0, greatest = 0;                 ///< sample that occurs
    int black = 0, white = SampleRange::largest; ///< samples that became 0 and 255

    double millimetresPerPixel = 0; ///< in nature, as a TIFF or PNG says; 0: it does not

    std::string profile;      ///< name of a colour profile that is not sRGB, UTF-8; else empty
    bool isConverted = false; ///< from that profile to sRGB
    std::string damage;       ///< what the decoder complained of; part of the pixels is not the picture's

    /// True where numbers are not to be relied on: part of the pixels is invented, or nearly all are black.
    bool isDoubtful() const { return !damage.empty() || usesLittle(); }
    /// True for samples that use less than a quarter of what becomes black to white: 14 bits or fewer in 16.
    bool usesLittle() const;

    bool operator==(const PictureFacts&) const = default;
};

/// One short line for people for each fact that is out of the ordinary: "page 1 of 3", "colour profile Display P3:
/// ...".
std::vector<std::string> remarks(const PictureFacts& facts);
/// The same in a few words each, for tiles, figures and tables: "page 1 of 3", "Display P3 colours as stored".
std::vector<std::string> notices(const PictureFacts& facts);
/// The remarks in one line, with "; " between them.
std::string remarkText(const PictureFacts& facts);

/// How many of many pictures have something out of the ordinary, by what it is.
class RemarkCounts {
public:
    void add(const PictureFacts& facts);
    const std::map<std::string, int>& counts() const { return m_counts; }
    /// "3 pictures: colour profile Display P3, taken as stored".
    std::vector<std::string> lines() const;

private:
    std::map<std::string, int> m_counts;
};

} // namespace ocellus
