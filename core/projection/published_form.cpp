// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/published_form.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <string>

#include "core/base/error.h"
#include "core/image/decode.h"
#include "core/image/png_encoder.h"
#include "core/image/preprocess.h"
#include "core/image/receptive_box.h"
#include "core/io/atomic_file.h"
#include "core/io/npy_writer.h"
#include "core/projection/projection_cache.h"

namespace ocellus {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t columnsOfBox = 6;

void writePng(const fs::path& path, const Picture& picture)
{
    const std::vector<std::uint8_t> bytes = encodedPng(picture);
    writeFileAtomically(path, std::as_bytes(std::span(bytes)));
}

/// One row a prototype: none is known of yet.
class BoxTable {
public:
    explicit BoxTable(std::size_t prototypes)
        : m_table{static_cast<std::int64_t>(prototypes), columnsOfBox,
                  std::vector<std::int64_t>(prototypes * columnsOfBox, -1)}
    {
    }

    void set(const ProjectedPrototype& found, const PixelBox& box)
    {
        const std::array<std::int64_t, columnsOfBox> row{found.index, box.top,     box.bottom(),
                                                         box.left,    box.right(), found.classIndex};
        std::ranges::copy(row, m_table.values.begin() + static_cast<std::ptrdiff_t>(columnsOfBox) * found.prototype);
    }

    void write(const fs::path& path) const { writeNpyTable(path, m_table); }

private:
    NpyTable m_table;
};

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

fs::path made(const fs::path& folder)
{
    std::error_code failure;
    fs::create_directories(folder, failure);
    if (failure)
        throw Error(ErrorCode::Unreadable, folder.string(), "cannot be made: " + failure.message());
    return folder;
}

void writePrototypes(const fs::path& folder, const PrototypeProjection& projection, const ModelDescription& model,
                     const Progress& progress)
{
    const auto prototypes = static_cast<std::size_t>(model.config.prototypes->prototypes);
    const std::string epoch = std::to_string(epochOf(model.path));
    SeenPictures pictures(projection.folder, searchPreprocess(model));
    BoxTable boxes(prototypes), fields(prototypes);
    for (const ProjectedPrototype& found : projection.found) {
        progress.throwIfStopped();
        const std::string number = std::to_string(found.prototype) + ".png";
        const Picture& seen = pictures.of(found);
        const PixelBox box = publishedIn(found.published, seen.size);
        writePng(folder / ("prototype-img-original" + number), seen);
        writePng(folder / ("prototype-img" + number), cropped(seen, box));
        boxes.set(found, box);
        const Box field = receptiveBox(model.field, seen.size, seen.size, {found.row, found.column});
        fields.set(found,
                   pixelsWithin(field.left, field.top, field.left + field.width, field.top + field.height, seen.size));
    }
    fields.write(folder / ("bb-receptive_field" + epoch + ".npy"));
    boxes.write(folder / ("bb" + epoch + ".npy"));
}

void writeNodes(const fs::path& folder, const PrototypeProjection& projection, const ModelDescription& model,
                const Progress& progress)
{
    std::map<int, int> nodeOf;
    for (const TreeNode& node : model.config.prototypes->tree->nodes)
        if (!node.isLeaf())
            nodeOf[node.prototype] = node.index;
    SeenPictures pictures(projection.folder, searchPreprocess(model));
    for (const ProjectedPrototype& found : projection.found) {
        progress.throwIfStopped();
        const std::string number = std::to_string(nodeOf.at(found.prototype));
        const Picture& seen = pictures.of(found);
        writePng(folder / (number + "_original_image.png"), seen);
        writePng(folder / (number + "_nearest_patch_of_image.png"),
                 cropped(seen, publishedIn(found.published, seen.size)));
    }
}

} // namespace

fs::path writePublishedForm(const fs::path& folder, const PrototypeProjection& projection,
                            const ModelDescription& model, const Progress& progress)
{
    if (!model.config.prototypes)
        return {};
    std::error_code failure;
    const bool isTree = model.config.prototypes->tree.has_value();
    const fs::path own =
        made(isTree ? folder / "upsampling_results" / fs::absolute(model.path, failure).parent_path().filename()
                    : folder / "img" / ("epoch-" + std::to_string(epochOf(model.path))));
    // First, so that pictures are never taken for those of a push.
    writeProjection(own / nearestPatchesFile, projection);
    if (isTree)
        writeNodes(own, projection, model, progress);
    else
        writePrototypes(own, projection, model, progress);
    return own;
}

} // namespace ocellus
