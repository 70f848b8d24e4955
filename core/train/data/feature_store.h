// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/hash.h"
#include "core/image/preprocess.h"

namespace ocellus {

/// What a backbone makes of one picture.
struct Features {
    int channels = 0;
    int rows = 0;
    int columns = 0;
    std::vector<float> values; ///< [channels, rows, columns]
};

/// Everything that features of an unvaried or flipped picture depend on. The hashes are SHA-256 of the picture's file
/// and of the weights (any text that stands for them and for the backbone's form will do).
ContentKey featureKey(const std::string& pictureHash, const std::string& weightsHash, const PreprocessOptions& options,
                      bool flipped);

/// How exactly features are kept.
enum class FeaturePrecision {
    Half,  ///< "half": 2 bytes a value, 11 bits of it
    Single ///< "single": 4 bytes
};

/// The name on the command line and in checkpoints.
std::string_view toString(FeaturePrecision precision);
/// Throws Error(BadArgument).
FeaturePrecision featurePrecisionFromName(std::string_view name);
int bytesOf(FeaturePrecision precision); ///< a value takes

/// Backbone features on disk: one file a key, written whole or not at all. Safe to use from several threads and
/// processes.
class FeatureStore {
public:
    /// Creates the folder. Throws Error(Unreadable).
    explicit FeatureStore(std::filesystem::path folder, FeaturePrecision precision = FeaturePrecision::Half);

    /// `key`, or another one where features are kept in single precision: the two never take each other's place.
    ContentKey keyed(const ContentKey& key) const;
    /// As a value that was written and read again.
    void round(Features& features) const;

    /// True where there is a file of the key with the right length; read() may still find it damaged.
    bool contains(const ContentKey& key) const;
    /// Nothing where there is no such file. Throws Error: Damaged (not what was written), Unreadable.
    std::optional<Features> read(const ContentKey& key) const;
    /// Throws Error: Unreadable (a full disk, no permission), BadArgument (extents that are not the values', or a value
    /// that is no number or beyond half precision's 65504).
    void write(const ContentKey& key, const Features& features) const;

private:
    std::filesystem::path pathOf(const ContentKey& key) const;

    std::filesystem::path m_folder;
    FeaturePrecision m_precision;
};

} // namespace ocellus
