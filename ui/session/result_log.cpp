// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/result_log.h"

#include <algorithm>

namespace ocellus {

void ResultLog::note(const std::filesystem::path& picture, const EditList& edits, const Decoding& decoding,
                     int classIndex, int layer)
{
    std::vector<StoredResult>& known = m_ofPicture[picture.native()];
    StoredResult result = storedResult(0, edits, decoding, classIndex, layer);
    // What was computed for other edits can no longer be had.
    std::erase_if(known,
                  [&result](const StoredResult& old) { return old.edits != result.edits || old.set == result.set; });
    known.push_back(std::move(result));
}

std::vector<StoredResult> ResultLog::results(const std::vector<std::filesystem::path>& pictures) const
{
    std::vector<StoredResult> results;
    for (std::size_t i = 0; i < pictures.size(); ++i) {
        const auto found = m_ofPicture.find(pictures[i].native());
        if (found == m_ofPicture.end())
            continue;
        for (StoredResult result : found->second) {
            result.picture = static_cast<int>(i);
            results.push_back(std::move(result));
        }
    }
    return results;
}

} // namespace ocellus
