// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include <QList>
#include <QObject>

namespace ocellus {

class Document;
class LimitCommands;
class WindowPages;
class Workspaces;

/// Ways from what an evaluation or a prediction tells of a picture to the pages that show where the model looks in it.
class SpeciesCommands : public QObject {
    Q_OBJECT

public:
    /// All of them must outlive this.
    SpeciesCommands(Document& document, WindowPages& pages, Workspaces& workspaces, LimitCommands& limits,
                    QObject* parent = nullptr);

private:
    void showPicture(const std::filesystem::path& picture);
    void compareClasses(const std::filesystem::path& picture, const QList<int>& classes);
    void compareModels(const std::filesystem::path& picture, const std::filesystem::path& second);
    void showMaps(const std::filesystem::path& picture, int classIndex);

    Document& m_document;
    WindowPages& m_pages;
    Workspaces& m_workspaces;
};

} // namespace ocellus
