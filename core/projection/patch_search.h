// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/evaluation/data_classes.h"
#include "core/projection/prototype_projection.h"
#include "core/projection/search_records.h"

namespace ocellus {

/// Searches a folder of training pictures for each prototype's nearest patch, picture by picture and on several threads
/// at once; what is known of a picture by its hash is not computed again.
class PatchSearch {
public:
    struct Settings {
        std::filesystem::path cache; ///< see projectionCache(); empty: nothing is kept
        bool isStrict = false;       ///< a picture that cannot be read ends the search, else it is left out
    };

    /// `data` of the folder `folder`, by the classes of `model`. Throws Error(Unsupported), see requirePrototypes().
    PatchSearch(const ModelDescription& model, std::filesystem::path folder, LabelledData data, Settings settings);

    std::size_t pictures() const { return m_data.listing.pictures.size(); }
    const LabelledData& data() const { return m_data; }
    const LabelledPicture& picture(std::size_t index) const { return m_data.listing.pictures[index]; }

    /// Of one picture; safe to call from several threads at once. `engine` has the model open, with askingOptions().
    /// Throws Error: Cancelled, Device, NotFound where the whole folder is gone, and with isStrict what reading throws.
    void search(Engine& engine, std::size_t index, const Progress& progress);

    std::size_t computed() const; ///< pictures that the model was asked about; others were known

    /// Brings what is known to the cache, where something has changed since. search() does so now and then. Where the
    /// cache cannot be written, nothing is kept from then on.
    void keep();
    std::string whyNotKept() const; ///< empty where all is kept, or nothing shall be

    /// Of the pictures that were searched; of equally similar patches the one in the picture listed first, as the
    /// released programs do. It goes to the cache where all pictures were searched. Throws Error(NotFound) where no
    /// prototype has a patch.
    PrototypeProjection result();

private:
    struct Outcome {
        std::string sha256;
        std::string problem;
    };

    std::optional<SearchedPicture> known(const std::string& sha256, int classIndex) const;
    void take(std::size_t index, SearchedPicture picture, bool isNew);
    SearchedPicture found(Engine& engine, const LabelledPicture& picture, std::string sha256,
                          const Progress& progress) const;
    ProjectedPrototype projected(std::size_t index, const SearchedPicture& searched, const NearestPatch& patch) const;

    const ModelDescription m_model;
    const PreprocessOptions m_preprocess;
    const std::string m_key;
    const std::filesystem::path m_folder;
    const LabelledData m_data;
    const Settings m_settings;

    mutable std::mutex m_mutex; ///< of what follows
    std::mutex m_keeping;       ///< one writes at a time
    SearchRecords m_records;
    std::vector<std::optional<Outcome>> m_outcomes; ///< of the pictures
    std::size_t m_computed = 0;
    std::size_t m_kept = 0; ///< of m_computed
    std::string m_whyNotKept;
    std::chrono::steady_clock::time_point m_keptAt;
};

/// What is searched for a folder that somebody chose: its sub-folder `train` where it has one. Throws what
/// labelledData() throws.
LabelledData trainingPictures(std::filesystem::path& folder, const std::optional<ClassTable>& given,
                              const ModelDescription& model, std::optional<FolderOrder> order,
                              const std::stop_token& stop);

} // namespace ocellus
