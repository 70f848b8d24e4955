// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/patch_search.h"

#include <algorithm>
#include <map>
#include <utility>

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/evaluation/data_classes.h"
#include "core/evaluation/picture_asking.h"
#include "core/image/picture_address.h"
#include "core/image/preprocess.h"
#include "core/image/receptive_box.h"
#include "core/projection/projection_cache.h"

namespace ocellus {

namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds betweenKeeping{60};

std::string hashOf(const fs::path& picture, const Progress& progress)
{
    const PictureAddress address = pictureAddress(picture);
    const std::string hash = sha256OfFile(address.file, progress);
    return address.page == 0 ? hash : hash + "[" + std::to_string(address.page) + "]";
}

/// What another picture may not have, while a broken model or a full disk is everybody's.
bool isOfPicture(const Error& error)
{
    return error.code() != ErrorCode::Cancelled && error.code() != ErrorCode::Device &&
           error.code() != ErrorCode::Internal;
}

} // namespace

PatchSearch::PatchSearch(const ModelDescription& model, fs::path folder, LabelledData data, Settings settings)
    : m_model(model),
      m_preprocess(searchPreprocess(model)),
      m_key(searchKey(model, m_preprocess)),
      m_folder(std::move(folder)),
      m_data(std::move(data)),
      m_settings(std::move(settings)),
      m_records(m_key),
      m_outcomes(m_data.listing.pictures.size()),
      m_keptAt(std::chrono::steady_clock::now())
{
    requirePrototypes(model, model.path.string());
    if (m_settings.cache.empty())
        return;
    try {
        m_records.read(searchFile(m_settings.cache, m_key));
    } catch (const Error&) {
        // None is known then: a cache that is damaged costs time, and is written anew.
    }
}

std::optional<SearchedPicture> PatchSearch::known(const std::string& sha256, int classIndex) const
{
    const std::lock_guard lock(m_mutex);
    const SearchedPicture* const record = m_records.find(sha256, classIndex);
    return record ? std::optional(*record) : std::nullopt;
}

void PatchSearch::search(Engine& engine, std::size_t index, const Progress& progress)
{
    progress.throwIfStopped();
    const LabelledPicture& picture = m_data.listing.pictures[index];
    try {
        std::string sha256 = hashOf(picture.file.path, progress);
        if (std::optional<SearchedPicture> record = known(sha256, picture.classIndex))
            take(index, std::move(*record), false);
        else
            take(index, found(engine, picture, std::move(sha256), progress), true);
    } catch (const Error& error) {
        progress.throwIfStopped();
        if (m_settings.isStrict || !isOfPicture(error))
            throw;
        if (std::error_code failure; !fs::exists(m_folder, failure))
            throw Error(ErrorCode::NotFound, m_folder.string(), "the folder of the pictures is gone",
                        "Bring it back and search again: what was found is kept");
        const std::lock_guard lock(m_mutex);
        m_outcomes[index] = Outcome{{}, error.detail()};
    }
    const bool isDue = [this] {
        const std::lock_guard lock(m_mutex);
        return std::chrono::steady_clock::now() - m_keptAt > betweenKeeping;
    }();
    if (isDue)
        keep();
}

SearchedPicture PatchSearch::found(Engine& engine, const LabelledPicture& picture, std::string sha256,
                                   const Progress& progress) const
{
    const PreparedPicture prepared = prepare(picture, {m_preprocess, {}}, progress);
    const auto decoding = engine.decode(engine.encode(prepared.input, progress, EncodeUse::Passing), {}, progress);
    return {std::move(sha256), picture.classIndex, prepared.input.pictureSize, decoding->extent().columns,
            nearestPatches(*decoding, picture.classIndex, prepared.input.inputSize)};
}

void PatchSearch::take(std::size_t index, SearchedPicture picture, bool isNew)
{
    const std::lock_guard lock(m_mutex);
    m_outcomes[index] = Outcome{picture.sha256, {}};
    if (!isNew)
        return;
    m_records.insert(std::move(picture));
    ++m_computed;
}

std::size_t PatchSearch::computed() const
{
    const std::lock_guard lock(m_mutex);
    return m_computed;
}

void PatchSearch::keep()
{
    const std::lock_guard one(m_keeping);
    SearchRecords records(m_key);
    std::size_t computed = 0;
    {
        const std::lock_guard lock(m_mutex);
        m_keptAt = std::chrono::steady_clock::now();
        if (m_settings.cache.empty() || m_kept == m_computed || !m_whyNotKept.empty())
            return;
        records = m_records;
        computed = m_computed;
    }
    std::string problem;
    try {
        records.write(searchFile(m_settings.cache, m_key));
    } catch (const Error& error) {
        problem = error.what();
    }
    const std::lock_guard lock(m_mutex);
    m_kept = computed;
    m_whyNotKept = std::move(problem);
}

std::string PatchSearch::whyNotKept() const
{
    const std::lock_guard lock(m_mutex);
    return m_whyNotKept;
}

ProjectedPrototype PatchSearch::projected(std::size_t index, const SearchedPicture& searched,
                                          const NearestPatch& patch) const
{
    const LabelledPicture& picture = m_data.listing.pictures[index];
    ProjectedPrototype own;
    own.index = static_cast<int>(index);
    own.prototype = patch.prototype;
    own.classIndex = picture.classIndex;
    own.picture = picture.file.relative;
    own.sha256 = searched.sha256;
    own.row = patch.cell / searched.columns;
    own.column = patch.cell % searched.columns;
    own.similarity = patch.similarity;
    own.distance = distanceOf(patch.similarity, m_model.config);
    own.isPrototype = isThePrototype(patch.similarity, m_model.config);
    own.published = patch.box;
    const InputPlace place = inputPlace(searched.size, m_preprocess);
    const Box seen = CellGeometry(searched.size, place, own.row + 1, searched.columns, m_model.field).seen();
    const auto pixels = [&](const Box& box) {
        return pixelsWithin(box.left, box.top, box.left + box.width, box.top + box.height, searched.size);
    };
    own.box = pixels(inPicture(patch.box, seen));
    if (own.box.empty()) // finer than the picture's own pixels
        own.box = intersected(
            {static_cast<int>(inPicture(patch.box, seen).left), static_cast<int>(inPicture(patch.box, seen).top), 1, 1},
            wholeBox(searched.size));
    const Box reach = receptiveBox(m_model.field, place.input, place.input, {own.row, own.column});
    const double across = seen.width / place.input.width, down = seen.height / place.input.height;
    own.receptive = pixels(
        {seen.left + reach.left * across, seen.top + reach.top * down, reach.width * across, reach.height * down});
    return own;
}

PrototypeProjection PatchSearch::result()
{
    keep();
    PrototypeProjection projection;
    projection.key = m_key;
    projection.model = m_model.sha256;
    std::error_code failure;
    projection.folder = fs::absolute(m_folder, failure);
    projection.largestSimilarity = largestSimilarity(m_model.config);
    std::map<int, ProjectedPrototype> nearest;
    bool isWhole = true;
    {
        const std::lock_guard lock(m_mutex);
        for (std::size_t i = 0; i < m_outcomes.size(); ++i) {
            const LabelledPicture& picture = m_data.listing.pictures[i];
            isWhole = isWhole && m_outcomes[i];
            if (!m_outcomes[i])
                continue;
            if (!m_outcomes[i]->problem.empty()) {
                projection.unreadable.push_back(picture.file.relative.generic_string() + ": " + m_outcomes[i]->problem);
                continue;
            }
            ++projection.pictures;
            const SearchedPicture* const searched = m_records.find(m_outcomes[i]->sha256, picture.classIndex);
            for (const NearestPatch& patch : searched->found)
                if (const auto known = nearest.find(patch.prototype);
                    known == nearest.end() || patch.similarity > known->second.similarity)
                    nearest.insert_or_assign(patch.prototype, projected(i, *searched, patch));
        }
    }
    for (const int prototype : searchedPrototypes(m_model.config))
        if (const auto found = nearest.find(prototype); found != nearest.end())
            projection.found.push_back(std::move(found->second));
        else
            projection.without.push_back(prototype);
    if (projection.found.empty())
        throw Error(ErrorCode::NotFound, m_folder.string(),
                    "expected pictures of the prototypes' classes that can be read, found none",
                    "Choose the folder of the pictures that the model was trained on");
    projection.remarks.push_back(description(m_data.classes));
    if (!m_data.listing.skipped.empty())
        projection.remarks.push_back(m_data.listing.skipped.sentence());
    if (isWhole && !m_settings.cache.empty() && whyNotKept().empty())
        try {
            writeProjection(projectionFile(m_settings.cache, m_key), projection);
        } catch (const Error& error) {
            const std::lock_guard lock(m_mutex);
            m_whyNotKept = error.what();
        }
    if (const std::string problem = whyNotKept(); !problem.empty())
        projection.remarks.push_back("what was found is not kept: " + problem);
    return projection;
}

LabelledData trainingPictures(fs::path& folder, const std::optional<ClassTable>& given, const ModelDescription& model,
                              std::optional<FolderOrder> order, const std::stop_token& stop)
{
    std::error_code failure;
    if (fs::is_directory(folder / "train", failure))
        folder /= "train";
    return labelledData(folder, given, model, order, stop);
}

} // namespace ocellus
