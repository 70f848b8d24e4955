// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QObject>
#include <QPointer>
#include <QTimer>

#include "ui/document/settings.h"
#include "ui/engine/exporter.h"
#include "ui/files/save_question.h"
#include "ui/window/shown_view.h"

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
    /// `view` is what the page shows; without a table of maps in it tiles are drawn. All must outlive this.
    FigureCommands(Document& document, LiveAnswer& answer, Settings& settings, AskForFiles ask, AskForView view,
                   QWidget* window);

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
    AskForView m_view;
    QWidget* m_window;
    AskForFiles m_ask;
    QPointer<FigureDialog> m_dialog;
    QTimer m_later; ///< many changes at once are shown once
    bool m_keeping = false;
    Exporter m_exporter;
};

} // namespace ocellus
