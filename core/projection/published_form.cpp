// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/published_form.h"

#include <algorithm>
#include <cstdint>
#include <string>

#include "core/base/error.h"
#include "core/image/decode.h"
#include "core/image/preprocess.h"
#include "core/image/receptive_box.h"
#include "core/projection/projection_cache.h"
#include "core/projection/published_pictures.h"

namespace ocellus {

namespace {

namespace fs = std::filesystem;

/// As the model sees it, which published pictures show.
class SeenPictures {
public:
    SeenPictures(fs::path folder, const PreprocessOptions& preprocess)
        : m_folder(std::move(folder)),
          m_preprocess(preprocess)
    {
    }

    const Picture& of(const ProjectedPrototype& found)
    {
        if (found.picture != m_path) {
            m_picture = modelPixels(decodePicture(m_folder / found.picture), m_preprocess);
            m_path = found.picture;
        }
        return m_picture;
    }

private:
    fs::path m_folder;
    PreprocessOptions m_preprocess;
    fs::path m_path;
    Picture m_picture;
};

/// In the pixels of the model's input.
PixelBox publishedIn(const PublishedBox& box, Size input)
{
    const auto x = [&](int column) {
        return static_cast<int>(std::int64_t{column} * input.width / box.stretched.width);
    };
    const auto y = [&](int row) { return static_cast<int>(std::int64_t{row} * input.height / box.stretched.height); };
    const int left = x(box.box.left), top = y(box.box.top);
    return {left, top, std::max(1, x(box.box.right) - left), std::max(1, y(box.box.bottom) - top)};
}

/// The number that the file's name begins with.
int epochOf(const fs::path& checkpoint)
{
    constexpr std::size_t mostDigits = 9;
    std::string digits;
    for (const char letter : checkpoint.stem().string()) {
        if (letter < '0' || letter > '9' || digits.size() == mostDigits)
            break;
        digits += letter;
    }
    return digits.empty() ? 0 : std::stoi(digits);
}

/// An empty one.
void make(const fs::path& folder)
{
    std::error_code failure;
    fs::remove_all(folder, failure);
    if (!failure)
        fs::create_directories(folder, failure);
    if (failure)
        throw Error(ErrorCode::Unreadable, folder.string(), "cannot be made: " + failure.message());
}

void writePictures(const fs::path& folder, const PrototypeProjection& projection, const ModelDescription& model,
                   const Progress& progress)
{
    const PrototypeConfig& prototypes = *model.config.prototypes;
    const PublishedPictures pictures(folder, prototypes.tree ? &*prototypes.tree : nullptr);
    SeenPictures seenPictures(projection.folder, searchPreprocess(model));
    PublishedBoxes boxes(prototypes.prototypes), fields(prototypes.prototypes);
    for (const ProjectedPrototype& found : projection.found) {
        progress.throwIfStopped();
        const Picture& seen = seenPictures.of(found);
        const PixelBox box = publishedIn(found.published, seen.size);
        pictures.write(found.prototype, seen, box);
        boxes.set(found.prototype, found.index, box, found.classIndex);
        const Box field = receptiveBox(model.field, seen.size, seen.size, {found.row, found.column});
        const PixelBox pixels =
            pixelsWithin(field.left, field.top, field.left + field.width, field.top + field.height, seen.size);
        fields.set(found.prototype, found.index, pixels, found.classIndex);
    }
    if (prototypes.tree)
        return;
    const std::string epoch = std::to_string(epochOf(model.path));
    fields.write(folder / ("bb-receptive_field" + epoch + ".npy"));
    boxes.write(folder / ("bb" + epoch + ".npy"));
}

} // namespace

fs::path publishedFolder(const fs::path& folder, const ModelDescription& model)
{
    if (!model.config.prototypes)
        return {};
    std::error_code failure;
    const fs::path own =
        model.config.prototypes->tree
            ? folder / "upsampling_results" / fs::absolute(model.path, failure).parent_path().filename()
            : folder / "img" / ("epoch-" + std::to_string(epochOf(model.path)));
    if (fs::exists(own, failure) && !fs::is_empty(own, failure) && !fs::exists(own / nearestPatchesFile, failure))
        throw Error(ErrorCode::BadArgument, own.string(),
                    "expected no folder, or one that a search has written, got one with the pictures of a training",
                    "They are the model's own: keep them, and choose another folder for what is found anew");
    return own;
}

fs::path writePublishedForm(const fs::path& folder, const PrototypeProjection& projection,
                            const ModelDescription& model, const Progress& progress)
{
    const fs::path own = publishedFolder(folder, model);
    if (own.empty())
        return own;
    make(own);
    // First, so that pictures are never taken for those of a push.
    writeProjection(own / nearestPatchesFile, projection);
    writePictures(own, projection, model, progress);
    return own;
}

} // namespace ocellus
