// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/sample.h"

#include <algorithm>
#include <system_error>

#include "core/base/error.h"

namespace ocellus {

namespace fs = std::filesystem;

namespace {

fs::path require(fs::path path)
{
    std::error_code failure; // what cannot be looked at is not there for us
    if (!fs::exists(path, failure))
        throw Error(ErrorCode::NotFound, path.string(), "the sample is not installed",
                    "Open a checkpoint and pictures of your own.");
    return path;
}

std::vector<SamplePair> findPairs(const fs::path& folder)
{
    constexpr std::string_view as = ".as.";
    std::vector<SamplePair> pairs;
    std::error_code failure;
    for (const fs::directory_entry& entry : fs::directory_iterator(require(folder), failure)) {
        const std::string name = entry.path().stem().string();
        const std::size_t at = name.find(as);
        if (at == std::string::npos)
            continue;
        const std::string species = name.substr(0, at);
        pairs.push_back({species, name.substr(at + as.size()), require(folder / (species + ".jpg")), entry.path(),
                         require(folder / (species + ".mask.png"))});
    }
    if (pairs.empty())
        throw Error(ErrorCode::NotFound, folder.string(), "expected SPECIES.as.PARTNER.jpg, found none");
    std::ranges::sort(pairs, {}, &SamplePair::species);
    return pairs;
}

} // namespace

Sample findSample(const fs::path& folder)
{
    return {require(folder / "butterflies.safetensors"), require(folder / "pictures"), require(folder / "rings.csv"),
            findPairs(folder / "pairs")};
}

} // namespace ocellus
