// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/engine/picture_source.h"

#include <initializer_list>
#include <span>
#include <string>
#include <system_error>
#include <utility>

#include "core/edit/apply.h"
#include "core/image/picture_address.h"
#include "ui/engine/picture_image.h"

namespace ocellus {

namespace {

std::string joined(std::string text, std::initializer_list<std::int64_t> numbers)
{
    for (const std::int64_t number : numbers)
        text += '\0' + std::to_string(number);
    return text;
}

ContentKey contentOf(const Picture& picture)
{
    return contentKey(std::as_bytes(std::span(picture.rgb)), static_cast<std::uint64_t>(picture.size.width));
}

std::size_t bytesOf(const QImage& image)
{
    return static_cast<std::size_t>(image.sizeInBytes());
}

} // namespace

std::filesystem::file_time_type timeOf(const std::filesystem::path& path)
{
    std::error_code ignored;
    return std::filesystem::last_write_time(pictureAddress(path).file, ignored);
}

ContentKey PictureSource::keyOf(const ViewRequest& request)
{
    return contentKey(joined(request.picture.string(),
                             {static_cast<std::int64_t>(timeOf(request.picture).time_since_epoch().count()),
                              static_cast<std::int64_t>(request.decode.ignoreExif),
                              static_cast<std::int64_t>(request.decode.range.kind), request.decode.range.low,
                              request.decode.range.high, static_cast<std::int64_t>(request.decode.convertToSrgb),
                              static_cast<std::int64_t>(request.decode.showDamaged), request.decode.maxPixels,
                              request.decode.maxFileBytes}));
}

ContentKey PictureSource::keyOf(const Decoded& original, const EditList& edits, const PreprocessOptions& options)
{
    const ContentKey& pixels = original.content;
    const ContentKey edited = contentKey(edits);
    return contentKey(
        joined(toString(options), {static_cast<std::int64_t>(pixels.low), static_cast<std::int64_t>(pixels.high),
                                   static_cast<std::int64_t>(edited.low), static_cast<std::int64_t>(edited.high)}));
}

ModelInput PictureSource::input(const ViewRequest& request, const PreprocessOptions& options, const Progress& progress)
{
    progress.at(Stage::Preprocess, 0);
    if (const auto known = m_originals.find(keyOf(request))) {
        const auto prepared = m_prepared.find(keyOf(*known, {}, options));
        return prepared ? prepared->input : preprocess(known->picture, options);
    }
    const Picture picture = decodePicture(request.picture, request.decode, progress);
    progress.at(Stage::Preprocess, 0.5);
    return preprocess(picture, options);
}

std::shared_ptr<const PictureSource::Decoded> PictureSource::original(const ViewRequest& request,
                                                                      const Progress& progress)
{
    const ContentKey key = keyOf(request);
    if (auto known = m_originals.find(key))
        return known;
    auto decoded = std::make_shared<Decoded>();
    decoded->fileTime = timeOf(request.picture);
    DecodedPicture read = decodeWithFacts(request.picture, request.decode, progress);
    decoded->picture = std::move(read.picture);
    decoded->facts = std::move(read.facts);
    decoded->content = contentOf(decoded->picture);
    decoded->image = toImage(decoded->picture);
    // What was written meanwhile may be half of one picture and half of another.
    if (keyOf(request) == key)
        m_originals.insert(key, decoded, decoded->picture.rgb.size() + bytesOf(decoded->image));
    return decoded;
}

std::shared_ptr<const PictureSource::Prepared> PictureSource::prepared(const Decoded& original, const EditList& edits,
                                                                       const PreprocessOptions& options,
                                                                       const Progress& progress)
{
    const ContentKey key = keyOf(original, edits, options);
    if (auto known = m_prepared.find(key))
        return known;
    progress.at(Stage::Preprocess, 0);
    auto made = std::make_shared<Prepared>();
    if (edits.empty()) {
        made->image = original.image;
        made->input = preprocess(original.picture, options);
    } else {
        const Picture picture = applyEdits(original.picture, edits, progress);
        progress.at(Stage::Preprocess, 0.5);
        made->image = toImage(picture);
        made->input = preprocess(picture, options);
    }
    progress.at(Stage::Preprocess, 1);
    m_prepared.insert(key, made, bytesOf(made->image) + made->input.values.size() * sizeof(float));
    return made;
}

} // namespace ocellus
