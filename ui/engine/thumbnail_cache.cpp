// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/engine/thumbnail_cache.h"

#include <utility>

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QImageReader>
#include <QSaveFile>
#include <QStandardPaths>
#include <QUrl>

#include "ui/engine/paths.h"

namespace ocellus {

namespace {

const QString Uri = QStringLiteral("Thumb::URI");
const QString Modified = QStringLiteral("Thumb::MTime");
const QString Maker = QStringLiteral("Software");
const QString Ours = QStringLiteral("Ocellus");

struct Original {
    QString uri;
    QString modified; ///< seconds since 1970; empty where there is no such file

    explicit Original(const std::filesystem::path& picture)
    {
        const QFileInfo file(toQString(picture));
        if (!file.isFile())
            return;
        uri = QString::fromLatin1(QUrl::fromLocalFile(file.absoluteFilePath()).toEncoded());
        modified = QString::number(file.lastModified().toSecsSinceEpoch());
    }
};

} // namespace

ThumbnailCache::ThumbnailCache(QString folder) : m_folder(std::move(folder)) {}

QString ThumbnailCache::usualFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation) + QStringLiteral("/thumbnails");
}

QString ThumbnailCache::fileOf(const QString& uri) const
{
    const QByteArray name = QCryptographicHash::hash(uri.toUtf8(), QCryptographicHash::Md5).toHex();
    return m_folder + QStringLiteral("/large/") + QString::fromLatin1(name) + QStringLiteral(".png");
}

QImage ThumbnailCache::find(const std::filesystem::path& picture) const
{
    const Original original(picture);
    QImageReader reader(fileOf(original.uri), "png");
    // Anybody may write there: what it says of itself is looked at before it is decoded.
    const QSize size = reader.size();
    if (original.modified.isEmpty() || !size.isValid() || size.width() > Side || size.height() > Side)
        return {};
    const QImage image = reader.read();
    // Of the reader itself a key with colons cannot be had.
    if (image.text(Uri) != original.uri || image.text(Modified) != original.modified || image.text(Maker) != Ours)
        return {};
    return image.convertToFormat(QImage::Format_RGB32);
}

void ThumbnailCache::keep(const std::filesystem::path& picture, const QImage& thumbnail) const
{
    const Original original(picture);
    if (original.modified.isEmpty() || thumbnail.isNull() || toQString(picture).startsWith(m_folder))
        return;
    QDir().mkpath(m_folder + QStringLiteral("/large"));
    constexpr auto owner = QFile::ReadOwner | QFile::WriteOwner;
    for (const QString& folder : {m_folder, m_folder + QStringLiteral("/large")})
        QFile::setPermissions(folder, owner | QFile::ExeOwner);
    QSaveFile file(fileOf(original.uri));
    if (!file.open(QIODevice::WriteOnly))
        return;
    file.setPermissions(owner);
    QImage image = thumbnail;
    image.setText(Uri, original.uri);
    image.setText(Modified, original.modified);
    image.setText(Maker, Ours);
    if (image.save(&file, "png"))
        file.commit();
}

} // namespace ocellus
