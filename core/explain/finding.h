// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ocellus {

/// What a map can be asked.
enum class EvidenceTest {
    Importance, ///< what a class's logit loses without the head's attending
    Cover,      ///< what it loses where the place is covered that the map shows
    Deletion,   ///< how fast the class is lost as the map's places give way
    Insertion,  ///< how fast it comes as they come back
    Pointing    ///< how much of the map lies on a part that is known
};

/// "importance", "cover", "deletion", "insertion" or "pointing".
std::string_view toString(EvidenceTest test);
/// The test of that name; nothing where there is none.
std::optional<EvidenceTest> evidenceTestOf(std::string_view name);

/// What a test of a map came to.
enum class EvidenceVerdict { Supported, NotSupported, Untested };

/// "supported", "not supported" or "untested".
std::string_view toString(EvidenceVerdict verdict);

/// One test of one map, and what came out of the same done with what knows nothing of the model.
struct Finding {
    EvidenceTest test = EvidenceTest::Cover;
    std::string settings;      ///< all that it was done with, "controls=199 share=0.05": the same again gives the same
    double value = 0;          ///< of the map: what the logit loses, or an area, or a share
    double share = 0;          ///< of the picture that was covered, or of its area that is the part
    std::vector<double> nulls; ///< the same number of regions, places or orders drawn at random
    double p = 1;              ///< one-sided, before any correction
    std::optional<double> centre;   ///< the same number of a map of the picture's middle
    std::optional<double> reversed; ///< and of the map upside down
    std::vector<double> curve;      ///< along the way, both ends included; empty where there is no way
    std::vector<double> low, high;  ///< between which nine of ten of the random ones run, as long
    int classIndex = -1;            ///< that was judged, where that is not the map's own

    bool operator==(const Finding&) const = default;
};

/// Whether a larger value speaks for the map.
bool isHigherBetter(EvidenceTest test);

/// Of those numbers, how many are at least as good as the finding's.
std::size_t asGood(const Finding& finding);

/// (1 + asGood) / (1 + nulls), one-sided: the map counts as one of its own controls.
double pAmongNulls(const Finding& finding);

/// With fewer nulls none of so many maps that are tested together can be supported.
int fewestNulls(int tested);

/// p values corrected for how many there are (S. Holm 1979, Scand. J. Stat. 6:65), in the same order, at most 1.
std::vector<double> holmCorrected(std::span<const double> p);

/// Supported at 5 % of a corrected p where the value is on the good side. Untested without nulls, and where none was as
/// good but there were too few of them to tell so among `tested` maps.
EvidenceVerdict verdictOf(const Finding& finding, double correctedP, std::size_t tested = 1);

} // namespace ocellus
