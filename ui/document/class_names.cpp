// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/class_names.h"

#include "ui/engine/paths.h"

namespace ocellus {

void ClassNames::choose(const ModelDescription& model)
{
    useOwn(model);
    const QString remembered = m_settings.classTableFor(QString::fromStdString(model.sha256));
    if (!remembered.isEmpty())
        load(toPath(remembered), model);
}

void ClassNames::load(const std::filesystem::path& path, const ModelDescription& model)
{
    ClassTable table = readClassTable(path);
    requireCount(table, model.config.queries);
    m_table = std::move(table);
    m_known = true;
    m_settings.rememberClassTable(QString::fromStdString(model.sha256),
                                  toQString(std::filesystem::absolute(path).lexically_normal()));
}

void ClassNames::forget(const ModelDescription& model)
{
    m_settings.forgetClassTable(QString::fromStdString(model.sha256));
    useOwn(model);
}

void ClassNames::useOwn(const ModelDescription& model)
{
    // Numbers stay where the checkpoint's names are refused.
    m_table = numberedClasses(model.config.queries);
    m_known = false;
    m_table = classesOfCheckpoint(model.classNames, model.config.queries);
    m_known = !model.classNames.empty();
}

QString ClassNames::label(int classIndex) const
{
    const QString number = QString::number(classIndex);
    return m_known ? number + QLatin1Char(' ') + name(classIndex) : number;
}

QString ClassNames::name(int classIndex) const
{
    if (!m_known || classIndex < 0 || classIndex >= m_table.count())
        return QString::number(classIndex);
    return QString::fromStdString(m_table.entries[static_cast<std::size_t>(classIndex)].name);
}

} // namespace ocellus
