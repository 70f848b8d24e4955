// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <optional>

#include <QObject>
#include <QPointer>
#include <QTimer>

#include "ui/document/settings.h"
#include "ui/engine/exporter.h"
#include "ui/figures/map_matrix.h"
#include "ui/files/save_question.h"

namespace ocellus {

class Document;
class FigureDialog;
class LiveAnswer;
struct PlateOptions;

/// The figure for a paper: opens its dialog, shows there what the window shows, keeps its choices with the session and
/// the settings, and writes it.
class FigureCommands : public QObject {
    Q_OBJECT

public:
    /// `page` is the table of the page that is shown, nothing where that is the heads'. All must outlive this.
    FigureCommands(Document& document, LiveAnswer& answer, Settings& settings, AskForFiles ask,
                   std::function<std::optional<MapMatrix>()> page, QWidget* window);

    void open();
    /// The page shows something else.
    void follow();
    FigureDialog* dialog() const; ///< null while it is closed

signals:
    void done(const QString& what);
    void failed(const ocellus::Failure& failure);

private:
    std::optional<MapMatrix> shown() const;
    PlateOptions options() const;
    void keep(const PlateOptions& options);
    void write(const MapMatrix& matrix, const PlateOptions& options);
    void tell(const QString& what);
    void tellFailure(const Failure& failure);

    Document& m_document;
    LiveAnswer& m_answer;
    Settings& m_settings;
    std::function<std::optional<MapMatrix>()> m_page;
    QWidget* m_window;
    AskForFiles m_ask;
    QPointer<FigureDialog> m_dialog;
    QTimer m_later; ///< many changes at once are shown once
    bool m_keeping = false;
    Exporter m_exporter;
};

} // namespace ocellus
