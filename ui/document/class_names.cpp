// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/class_names.h"

#include <utility>

#include "core/data/class_matching.h"
#include "ui/engine/paths.h"

namespace ocellus {

namespace {

ClassTable fittingTable(const std::filesystem::path& path, const std::vector<std::string>& ownNames, int classes)
{
    ClassTable table = readClassTable(path);
    requireCount(table, classes);
    if (ownNames.empty() && std::filesystem::is_directory(path))
        requireOrderOfFolders(path, listClassFolders(path).names);
    return withNamesOfCheckpoint(std::move(table), ownNames);
}

} // namespace

ClassNames::ClassNames(Settings& settings, QObject* parent) : QObject(parent), m_settings(settings), m_reading(this) {}

void ClassNames::choose(const ModelDescription& model, const std::filesystem::path& table, Keep keep)
{
    m_reading.drop();
    if (!table.empty())
        load(table, model, keep);
    else if (const std::filesystem::path remembered = rememberedFor(model); !remembered.empty())
        load(remembered, model);
    useOwn(model);
}

std::filesystem::path ClassNames::rememberedFor(const ModelDescription& model) const
{
    return toPath(m_settings.classTableFor(QString::fromStdString(model.sha256)));
}

void ClassNames::load(const std::filesystem::path& given, const ModelDescription& model, Keep keep)
{
    const std::filesystem::path path = std::filesystem::absolute(given).lexically_normal();
    m_awaited = path;
    m_reading.read<ClassTable>(
        Step::ClassTable,
        [path, ownNames = model.classNames, classes = model.offer.classes] {
            return fittingTable(path, ownNames, classes);
        },
        [this, path, sha256 = model.sha256, keep](ClassTable table) {
            if (keep == Keep::Remembered)
                m_settings.rememberClassTable(QString::fromStdString(sha256), toQString(path));
            take(std::move(table), path);
        },
        [this](const Failure& failure) {
            emit changed(); // path() is the one of before
            emit failed(failure);
        });
}

void ClassNames::take(ClassTable table, const std::filesystem::path& path)
{
    m_table = std::move(table);
    m_known = true;
    m_used = path;
    emit changed();
    emit read(tr("Class names from %1: %2").arg(toQString(path), QString::fromStdString(m_table.reading)));
}

void ClassNames::forget(const ModelDescription& model)
{
    m_reading.drop();
    m_settings.forgetClassTable(QString::fromStdString(model.sha256));
    useOwn(model);
}

void ClassNames::useOwn(const ModelDescription& model)
{
    m_used.clear();
    // Numbers stay where the checkpoint's names are refused.
    m_table = numberedClasses(model.offer.classes);
    m_known = false;
    m_table = classesOfCheckpoint(model.classNames, model.offer.classes);
    m_known = !model.classNames.empty();
    m_isOfTokens = !model.offer.hasLogits;
}

QString ClassNames::label(int classIndex) const
{
    const QString number = QString::number(classIndex);
    if (m_isOfTokens)
        return name(classIndex);
    return m_known ? number + QLatin1Char(' ') + name(classIndex) : number;
}

QString ClassNames::name(int classIndex) const
{
    if (!m_known || classIndex < 0 || classIndex >= m_table.count())
        return QString::number(classIndex);
    return QString::fromStdString(m_table.entries[static_cast<std::size_t>(classIndex)].name);
}

} // namespace ocellus
