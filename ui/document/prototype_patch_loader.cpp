// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/prototype_patch_loader.h"

#include <algorithm>
#include <utility>

#include "core/base/error.h"
#include "core/image/decode.h"
#include "ui/engine/picture_image.h"

namespace ocellus {

namespace {

QImage readSmall(const std::filesystem::path& path, Size& whole)
{
    const Picture picture = decodeWithFacts(path).picture;
    whole = picture.size;
    const QImage image = toImage(picture);
    constexpr int side = PrototypePatchLoader::Side;
    return std::max(image.width(), image.height()) <= side
               ? image
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

PrototypePatch readPatch(const PrototypePicture& picture)
{
    PrototypePatch patch;
    Size size;
    try {
        patch.patch = readSmall(picture.patch, size);
    } catch (const std::exception& error) {
        patch.patch = {};
        patch.problem = PrototypePatchLoader::tr("Its picture cannot be read: %1").arg(QString::fromUtf8(error.what()));
        return patch;
    }
    if (picture.original.empty())
        return patch;
    try {
        patch.original = readSmall(picture.original, size);
        patch.place = placeIn(picture, size);
    } catch (const std::exception&) {
        patch.original = {}; // the patch alone is what matters
    }
    return patch;
}

QString wordsOf(const ModelDescription& model)
{
    if (!model.prototypePictures.pictures.empty())
        return {};
    QStringList reasons;
    for (const std::string& remark : model.prototypePictures.remarks) {
        QString reason = QString::fromStdString(remark);
        reason[0] = reason[0].toUpper();
        reasons += reason + '.';
    }
    reasons +=
        model.offer.mapKind == MapKind::Node
            ? PrototypePatchLoader::tr("To see what each node looks for, put the folder upsampling_results of "
                                       "its training beside the model and open it again.")
            : PrototypePatchLoader::tr("To see what each prototype looks for, put the folder img of its training "
                                       "beside the model that was saved after the push, and open that.");
    return reasons.join(' ');
}

} // namespace

PrototypePatchLoader::PrototypePatchLoader(QObject* parent) : QObject(parent) {}

void PrototypePatchLoader::setModel(const std::optional<ModelDescription>& model)
{
    m_reading.drop();
    m_pictures.clear();
    m_wanted.clear();
    m_patches.reset();
    if (!model || model->offer.mapKind == MapKind::Head)
        return;
    for (const PrototypePicture& picture : model->prototypePictures.pictures)
        m_pictures.emplace(picture.prototype, picture);
    auto patches = std::make_shared<PrototypePatches>();
    patches->areThere = !m_pictures.empty();
    patches->words = wordsOf(*model);
    m_patches = std::move(patches);
}

void PrototypePatchLoader::want(const std::vector<int>& prototypes)
{
    if (prototypes == m_wanted || !m_patches)
        return;
    m_wanted = prototypes;
    readNext();
}

void PrototypePatchLoader::readNext()
{
    std::vector<PrototypePicture> missing;
    Patches absent;
    for (const int prototype : m_wanted) {
        if (missing.size() >= AtOnce)
            break;
        if (m_patches->known.contains(prototype))
            continue;
        if (const auto found = m_pictures.find(prototype); found != m_pictures.end())
            missing.push_back(found->second);
        else if (m_patches->areThere)
            absent[prototype].problem = tr("It has no picture.");
    }
    // What is wanted is there: the others may be next, as far as there is room.
    for (auto other = m_pictures.begin();
         other != m_pictures.end() && missing.size() < AtOnce && m_patches->known.size() + missing.size() < Most / 2;
         ++other)
        if (!m_patches->known.contains(other->first) &&
            std::ranges::find(missing, other->first, &PrototypePicture::prototype) == missing.end())
            missing.push_back(other->second);
    if (missing.empty() && absent.empty()) {
        m_reading.drop();
        return;
    }
    m_reading.read<Patches>(
        Step::Picture,
        [missing, absent] {
            Patches read = absent;
            for (const PrototypePicture& picture : missing)
                read.emplace(picture.prototype, readPatch(picture));
            return read;
        },
        [this](const Patches& read) { take(read); }, [](const Failure&) {});
}

void PrototypePatchLoader::take(const Patches& read)
{
    auto patches = std::make_shared<PrototypePatches>(*m_patches);
    patches->known.insert(read.begin(), read.end());
    if (patches->known.size() > Most)
        std::erase_if(patches->known,
                      [this](const auto& entry) { return std::ranges::find(m_wanted, entry.first) == m_wanted.end(); });
    m_patches = std::move(patches);
    readNext();
    emit changed();
}

} // namespace ocellus
