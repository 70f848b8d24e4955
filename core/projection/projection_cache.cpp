// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/projection_cache.h"

#include <cstdlib>

#include "core/base/hash.h"
#include "core/engine/settings_text.h"

namespace ocellus {

namespace {

namespace fs = std::filesystem;

constexpr const char* version = "1"; ///< of how it is computed

} // namespace

std::string searchKey(const ModelDescription& model, const PreprocessOptions& preprocess)
{
    return sha256(std::string("prototypes ") + version + '\n' + model.sha256 + '\n' + model.stateDict.key + '\n' +
                  settingsText(model) + '\n' + toString(preprocess));
}

PreprocessOptions searchPreprocess(const ModelDescription& model)
{
    return model.preprocess.value_or(PreprocessOptions());
}

fs::path projectionCache()
{
    const char* const cache = std::getenv("XDG_CACHE_HOME");
    fs::path folder = cache ? fs::path(cache) : fs::path();
    if (!folder.is_absolute()) { // as the XDG Base Directory Specification has it
        const char* const home = std::getenv("HOME");
        if (!home || !fs::path(home).is_absolute())
            return {};
        folder = fs::path(home) / ".cache";
    }
    return folder / "ocellus" / "prototypes";
}

fs::path searchFile(const fs::path& cache, const std::string& key)
{
    return cache / (key + ".search.json");
}

fs::path projectionFile(const fs::path& cache, const std::string& key)
{
    return cache / (key + ".projection.json");
}

} // namespace ocellus
