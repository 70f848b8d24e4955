// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prediction/prediction_page.h"

#include <utility>

namespace ocellus {

PredictionPage::PredictionPage(Document& document, LiveAnswer& answer, DatasetDocument& dataset, Settings& settings,
                               AskForFiles ask, QWidget* parent)
    : QWidget(parent),
      m_document(document),
      m_answer(answer),
      m_dataset(dataset),
      m_settings(settings),
      m_ask(std::move(ask))
{
}

} // namespace ocellus
