import type { Attachment, CardAction } from 'botbuilder';

/** Teams shows at most six buttons on a hero card. */
const MOST_BUTTONS = 6;

/** Hero cards that hold nothing but buttons: as many cards as the buttons need. */
export function heroCards(buttons: readonly CardAction[]): Attachment[] {
  const cards: Attachment[] = [];
  for (let first = 0; first < buttons.length; first += MOST_BUTTONS) {
    cards.push({
      contentType: 'application/vnd.microsoft.card.hero',
      content: { buttons: buttons.slice(first, first + MOST_BUTTONS) },
    });
  }
  return cards;
}
