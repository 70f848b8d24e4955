// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>

#include <QWidget>

#include "core/engine/encoding.h"
#include "core/image/geometry.h"
#include "ui/figures/similar_patches.h"
#include "ui/widgets/open_offer.h"

class QLabel;

namespace ocellus {

class Document;
class LiveAnswer;
class SimilarityPane;

/// "What looks like this?": how like the model's token of each patch is to that of a patch that the user marks.
class SimilarityView : public QWidget {
    Q_OBJECT

public:
    /// `document` and `answer` must outlive the page.
    SimilarityView(Document& document, LiveAnswer& answer, QWidget* parent = nullptr);

    SimilarityPane* pane() const { return m_pane; }
    void setChoices(const std::vector<OpenOffer::Choice>& choices); ///< as MatrixView's
    void mark(Cell cell);                                           ///< the nearest that there is
    QString text() const;                                           ///< what is said above the picture
    /// What is shown, for figures, tables and arrays; none while there is no map.
    const std::optional<SimilarPatches>& patches() const { return m_patches; }

signals:
    void changed(); ///< patches() did

private:
    void refresh();
    void say(std::optional<double> cosine);

    Document& m_document;
    LiveAnswer& m_answer;
    QLabel* m_text;
    SimilarityPane* m_pane;
    OpenOffer* m_offer; ///< in its place where nothing is open
    std::vector<OpenOffer::Choice> m_choices;
    std::optional<Cell> m_marked; // none before the user has marked one: the middle then
    std::shared_ptr<const Encoding> m_encoding;
    std::vector<float> m_tokens; // of it, [D, N]
    std::optional<SimilarPatches> m_patches;
};

} // namespace ocellus
