// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/prototype_patch_reader.h"

#include <algorithm>
#include <exception>

#include <QFile>
#include <QLocale>

#include "core/base/hash.h"
#include "core/image/decode.h"
#include "ui/figures/figure_text.h"
#include "ui/figures/shown_text.h"

namespace ocellus {

namespace {

namespace fs = std::filesystem;

QString textOf(const fs::path& path)
{
    return QFile::decodeName(path.c_str());
}

QImage small(const Picture& picture)
{
    const QImage image(picture.rgb.data(), picture.size.width, picture.size.height, picture.size.width * 3,
                       QImage::Format_RGB888); // shares the pixels
    constexpr int side = PrototypePatchReader::Side;
    return std::max(image.width(), image.height()) <= side
               ? image.copy()
               : image.scaled(side, side, Qt::KeepAspectRatio, Qt::SmoothTransformation);
}

/// The patch's place, 0 to 1; empty where it is not in a picture of that size.
QRectF placeIn(const PrototypePicture& picture, Size size)
{
    if (picture.bottom <= picture.top || picture.right <= picture.left || picture.bottom > size.height ||
        picture.right > size.width)
        return {};
    const double width = size.width, height = size.height;
    return {picture.left / width, picture.top / height, (picture.right - picture.left) / width,
            (picture.bottom - picture.top) / height};
}

PixelBox boxOf(const PrototypePicture& picture)
{
    return {picture.left, picture.top, picture.right - picture.left, picture.bottom - picture.top};
}

/// Of a training picture, which may be another one by now.
void readPart(const PatchPlace& place, PrototypePatch& patch)
{
    if (!place.sha256.empty() && !place.sha256.starts_with(sha256OfFile(place.picture.original)))
        throw Error(ErrorCode::Mismatch, place.picture.original.filename().string(),
                    PrototypePatchReader::tr("it has changed since").toStdString());
    const Picture picture = decodePicture(place.picture.original);
    requireWithin(boxOf(place.picture), picture.size);
    patch.patch = small(cropped(picture, boxOf(place.picture)));
    patch.original = small(picture);
    patch.place = placeIn(place.picture, picture.size);
}

void readOriginal(const PatchPlace& place, PrototypePatch& patch)
{
    if (place.picture.original.empty())
        return;
    try {
        const Picture picture = decodePicture(place.picture.original);
        patch.original = small(picture);
        patch.place = placeIn(place.picture, picture.size);
    } catch (const std::exception&) {
        patch.original = {}; // the patch alone is what matters
    }
}

QString sentenceOf(const std::string& remark)
{
    const QString sentence = atBeginning(QString::fromStdString(remark));
    return sentence.endsWith('.') ? sentence : sentence + '.';
}

} // namespace

std::map<int, PatchPlace> patchPlaces(const ModelDescription& model)
{
    std::map<int, PatchPlace> places;
    for (const PrototypePicture& picture : model.prototypePictures.pictures)
        places.emplace(picture.prototype, PatchPlace{picture, {}, model.prototypePictures.areNearest, {}});
    return places;
}

std::map<int, PatchPlace> patchPlaces(const PrototypeProjection& projection)
{
    std::map<int, PatchPlace> places;
    for (const ProjectedPrototype& found : projection.found) {
        PatchPlace place;
        place.picture.prototype = found.prototype;
        place.picture.original = projection.folder / found.picture;
        place.picture.top = found.box.top;
        place.picture.bottom = found.box.bottom();
        place.picture.left = found.box.left;
        place.picture.right = found.box.right();
        place.picture.classIndex = found.classIndex;
        place.sha256 = found.sha256;
        place.isNearest = !found.isPrototype;
        place.from = PrototypePatchReader::tr("%1, similarity %2", "a picture")
                         .arg(textOf(found.picture), FigureText::number(found.similarity));
        places.emplace(found.prototype, std::move(place));
    }
    return places;
}

PrototypePatch PrototypePatchReader::read(const PatchPlace& place)
{
    PrototypePatch patch;
    patch.isNearest = place.isNearest;
    patch.from = place.from;
    try {
        if (place.picture.patch.empty()) {
            readPart(place, patch);
        } else {
            patch.patch = small(decodePicture(place.picture.patch));
            readOriginal(place, patch);
        }
    } catch (const std::exception& error) {
        patch.patch = patch.original = {};
        patch.problem = tr("Its picture cannot be read: %1").arg(QString::fromUtf8(error.what()));
    }
    return patch;
}

QString PrototypePatchReader::words(const ModelDescription& model)
{
    const PrototypePictures& beside = model.prototypePictures;
    if (!beside.pictures.empty())
        return beside.areNearest
                   ? tr("The pictures beside the model are the nearest patches that a search found, not those of a "
                        "push.")
                   : QString();
    QStringList reasons;
    for (const std::string& remark : beside.remarks)
        reasons += sentenceOf(remark);
    if (model.config.prototypes)
        reasons += model.offer.mapKind == MapKind::Node
                       ? tr("To see them, put the folder upsampling_results of its training beside it, or find the "
                            "nearest patches of training pictures.")
                       : tr("To see them, put the folder img of its training beside it, or find the nearest patches of "
                            "training pictures.");
    else if (model.config.former)
        reasons +=
            tr("To see what each prototype of patches looks for, find the nearest patches of training pictures.");
    return reasons.join(' ');
}

QString PrototypePatchReader::words(const PrototypeProjection& projection)
{
    const int all = static_cast<int>(projection.found.size());
    const int own = static_cast<int>(projection.prototypesThemselves());
    QStringList sentences{tr("Prototypes have the nearest patch of %n picture(s) in %1: median similarity %2, of at "
                             "most %3.",
                             nullptr, static_cast<int>(projection.pictures))
                              .arg(textOf(projection.folder), FigureText::number(projection.medianSimilarity()),
                                   FigureText::number(projection.largestSimilarity))};
    if (own == all)
        sentences += tr("These patches are the prototypes themselves.");
    else if (own == 0)
        sentences +=
            tr("None is the prototype itself: the model was not pushed onto these pictures, or has learned since.");
    else
        sentences += tr("%1 of %2 are the prototypes themselves, the others only like them.")
                         .arg(QLocale().toString(own), QLocale().toString(all));
    if (!projection.without.empty())
        sentences += tr("%n prototype(s) have none: no picture of their classes was searched.", nullptr,
                        static_cast<int>(projection.without.size()));
    if (!projection.unreadable.empty())
        sentences += tr("%n picture(s) could not be read.", nullptr, static_cast<int>(projection.unreadable.size()));
    for (const std::string& remark : projection.remarks)
        sentences += sentenceOf(remark);
    return sentences.join(' ');
}

} // namespace ocellus
